package org.corral.benchmarks.guard;

import java.util.Locale;

/**
 * Whether a rule was kept. Immutable.
 *
 * @param what the rule is about
 * @param measured what was found
 * @param bound what is allowed
 * @param isMost whether that is the most, else the least
 * @param isGreen whether it was kept
 */
record Verdict(String what, double measured, double bound, boolean isMost, boolean isGreen) {

    @Override
    public String toString() {
        String limit = isMost ? "at most" : "at least";
        return String.format(
                Locale.ROOT, "%-5s  %8.2f  %-8s %6.2f  %s", isGreen ? "green" : "RED", measured, limit, bound, what);
    }
}
