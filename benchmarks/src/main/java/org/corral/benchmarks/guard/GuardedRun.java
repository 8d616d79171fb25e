package org.corral.benchmarks.guard;

import java.util.List;
import java.util.Map;

/**
 * Benchmarks that the guard runs, and the ratios that it keeps between them. Immutable.
 *
 * @param benchmarks which, as a regular expression
 * @param parameters what they run with
 */
record GuardedRun(String benchmarks, Map<String, String[]> parameters) {

    private static final String STAT = "memoryStat";
    private static final String CGROUPS = "cgroups";
    private static final String HOT = "hot";
    private static final String LIMIT = "limit";
    private static final String SHARES = "SHARES";
    private static final String QUOTA = "QUOTA";
    private static final String MEMORY = "MEMORY";
    private static final int MANY = 1000;

    /** All of them. */
    static final List<GuardedRun> ALL = List.of(
            new GuardedRun("TurnsBenchmark\\.sampleToPread", Map.of(STAT, new String[] {"true"})),
            new GuardedRun("TurnsBenchmark\\.readStringToSample", Map.of(STAT, new String[] {"true", "false"})),
            new GuardedRun(
                    "TurnsBenchmark\\.passToPread",
                    Map.of(CGROUPS, new String[] {Integer.toString(MANY)}, HOT, new String[] {"true"})),
            new GuardedRun("TurnsBenchmark\\.changeToPwrite", Map.of(LIMIT, new String[] {SHARES, QUOTA, MEMORY})));

    /** What is kept. On a host that is idle or busy, a pass and the changes are at 1.07 to 1.15: their bounds are below what they were built for, 1.5. */
    static final List<RatioRule> RULES = List.of(
            RatioRule.atMost(1.15, "a sample, against pread of the same files", of("sampleToPread", STAT, true)),
            RatioRule.atLeast(4, "readString and split, against a sample", of("readStringToSample", STAT, true)),
            RatioRule.atLeast(8, "the same without memory.stat", of("readStringToSample", STAT, false)),
            RatioRule.atMost(1.3, "a pass over 1,000 cgroups, against pread of their files", pass()),
            RatioRule.atMost(1.3, "a changed cpu.shares, against pwrite", of("changeToPwrite", LIMIT, SHARES)),
            RatioRule.atMost(1.3, "a changed quota, against pwrite", of("changeToPwrite", LIMIT, QUOTA)),
            RatioRule.atMost(1.3, "a changed memory limit, against pwrite", of("changeToPwrite", LIMIT, MEMORY)));

    private static Figure of(String pair, String parameter, Object value) {
        return Figure.of("TurnsBenchmark." + pair).with(parameter, value);
    }

    private static Figure pass() {
        return of("passToPread", CGROUPS, MANY).with(STAT, true).with(HOT, true);
    }
}
