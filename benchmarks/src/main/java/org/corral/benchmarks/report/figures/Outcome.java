package org.corral.benchmarks.report.figures;

import java.util.List;

/**
 * What a goal came to. Immutable.
 *
 * @param value what was measured
 * @param isKept whether that is what was asked for
 * @param of what was measured: one subject, or several that are compared
 */
public record Outcome(double value, boolean isKept, List<Subject> of) {

    /** Copies the subjects. */
    public Outcome {
        of = List.copyOf(of);
    }
}
