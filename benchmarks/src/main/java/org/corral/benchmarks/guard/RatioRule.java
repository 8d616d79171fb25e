package org.corral.benchmarks.guard;

/**
 * Bounds how much longer one thing may take than another, both measured in the same run. Immutable.
 *
 * @param what is kept, for people
 * @param subject the one
 * @param baseline the other
 * @param bound of the first divided by the second
 * @param isMost whether the ratio may be no more than the bound, else no less
 */
record RatioRule(String what, Figure subject, Figure baseline, double bound, boolean isMost) {

    static RatioRule atMost(double bound, String what, Figure subject, Figure baseline) {
        return new RatioRule(what, subject, baseline, bound, true);
    }

    static RatioRule atLeast(double bound, String what, Figure subject, Figure baseline) {
        return new RatioRule(what, subject, baseline, bound, false);
    }

    /** {@return whether that was kept, by the ratio of each round} The middle one decides: a noisy host spoils some rounds, not most. */
    Verdict judge(Rounds rounds) {
        double ratio = rounds.medianRatio(subject, baseline);
        return new Verdict(what, ratio, bound, isMost, isMost ? ratio <= bound : ratio >= bound);
    }
}
