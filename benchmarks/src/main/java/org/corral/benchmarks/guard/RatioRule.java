package org.corral.benchmarks.guard;

/**
 * Bounds how much longer one thing may take than another, both measured by turns. Immutable.
 *
 * @param what is kept, for people
 * @param pair the benchmark of both
 * @param bound of its ratio
 * @param isMost whether the ratio may be no more than the bound, else no less
 */
record RatioRule(String what, Figure pair, double bound, boolean isMost) {

    static RatioRule atMost(double bound, String what, Figure pair) {
        return new RatioRule(what, pair, bound, true);
    }

    static RatioRule atLeast(double bound, String what, Figure pair) {
        return new RatioRule(what, pair, bound, false);
    }

    /** {@return whether that was kept, by the ratio of each round} The middle one decides: what one fork had bad luck with is not the rule. */
    Verdict judge(Rounds rounds) {
        double ratio = rounds.medianRatio(pair);
        return new Verdict(what, ratio, bound, isMost, isMost ? ratio <= bound : ratio >= bound);
    }
}
