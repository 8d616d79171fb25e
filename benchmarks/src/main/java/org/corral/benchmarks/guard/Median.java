package org.corral.benchmarks.guard;

import java.util.List;

/** The middle one of some figures: a few that something disturbed do not move it. */
final class Median {

    private Median() {}

    /** {@return the middle one, or what is halfway between the middle two} */
    static double of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured, which has no median");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
