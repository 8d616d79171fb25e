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
            new GuardedRun(
                    "SampleBenchmark\\.(sample|floorPread|baselineReadString)",
                    Map.of(STAT, new String[] {"true", "false"})),
            new GuardedRun(
                    "PassBenchmark\\..*",
                    Map.of(CGROUPS, new String[] {Integer.toString(MANY)}, HOT, new String[] {"true"})),
            new GuardedRun(
                    "LimitBenchmark\\.(changed|floorPwrite)", Map.of(LIMIT, new String[] {SHARES, QUOTA, MEMORY})));

    /**
     * What is kept. The bounds of a pass and of changes leave room for noise, of which much is in so short operations: on an idle host their
     * medians are 1.06 to 1.13, and 1.1 to 1.2.
     */
    static final List<RatioRule> RULES = List.of(
            RatioRule.atMost(1.15, "a sample, against pread of the same files", sample(true), floor(true)),
            RatioRule.atLeast(4, "readString and split, against a sample", readString(true), sample(true)),
            RatioRule.atLeast(8, "the same without memory.stat", readString(false), sample(false)),
            RatioRule.atMost(
                    1.5, "a pass over 1,000 cgroups, against pread of their files", pass("pass"), pass("floorPread")),
            RatioRule.atMost(1.5, "a changed cpu.shares, against pwrite", limit("changed", SHARES), floor(SHARES)),
            RatioRule.atMost(1.5, "a changed quota, against pwrite", limit("changed", QUOTA), floor(QUOTA)),
            RatioRule.atMost(1.5, "a changed memory limit, against pwrite", limit("changed", MEMORY), floor(MEMORY)));

    private static Figure sample(boolean memoryStat) {
        return Figure.of("SampleBenchmark.sample").with(STAT, memoryStat);
    }

    private static Figure floor(boolean memoryStat) {
        return Figure.of("SampleBenchmark.floorPread").with(STAT, memoryStat);
    }

    private static Figure readString(boolean memoryStat) {
        return Figure.of("SampleBenchmark.baselineReadString").with(STAT, memoryStat);
    }

    private static Figure limit(String method, String limit) {
        return Figure.of("LimitBenchmark." + method).with(LIMIT, limit);
    }

    private static Figure floor(String limit) {
        return limit("floorPwrite", limit);
    }

    private static Figure pass(String method) {
        return Figure.of("PassBenchmark." + method)
                .with(CGROUPS, MANY)
                .with(STAT, true)
                .with(HOT, true);
    }
}
