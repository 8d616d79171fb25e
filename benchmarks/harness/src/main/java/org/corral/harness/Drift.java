package org.corral.harness;

import java.util.List;
import java.util.Optional;

/**
 * How a figure that should stay where it is has moved during a run: the median of the first third of its values beside that of the
 * last. A median, as one odd value, taken while something was under way, is no drift. Immutable.
 *
 * @param first median of the first third
 * @param last median of the last third
 */
public record Drift(double first, double last) {

    private static final int PARTS = 3;

    /** {@return that of values in the order in which they were taken; empty if there are fewer than three} */
    public static Optional<Drift> of(List<? extends Number> values) {
        int third = values.size() / PARTS;
        if (third == 0) {
            return Optional.empty();
        }
        return Optional.of(new Drift(
                median(values.subList(0, third)), median(values.subList(values.size() - third, values.size()))));
    }

    /** {@return by how much it is more at the end, below 0 if it is less} */
    public double change() {
        return last - first;
    }

    private static double median(List<? extends Number> values) {
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
