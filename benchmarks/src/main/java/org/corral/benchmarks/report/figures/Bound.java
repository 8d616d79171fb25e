package org.corral.benchmarks.report.figures;

/**
 * What is asked of a figure. Immutable.
 *
 * @param limit that keeps it
 * @param isMost whether it may be no more, else no less
 */
public record Bound(double limit, boolean isMost) {

    static Bound atMost(double limit) {
        return new Bound(limit, true);
    }

    static Bound atLeast(double limit) {
        return new Bound(limit, false);
    }

    /** {@return whether a value keeps it} */
    public boolean isKeptBy(double value) {
        return isMost ? value <= limit : value >= limit;
    }
}
