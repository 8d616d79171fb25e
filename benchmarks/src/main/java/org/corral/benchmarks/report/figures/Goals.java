package org.corral.benchmarks.report.figures;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of the hot paths. The guard keeps those of them that can be told on a host that is not quiet, and allows less where more
 * was reached.
 */
public final class Goals {

    private static final String SAMPLE = "SampleBenchmark.sample";
    private static final String PASS = "PassBenchmark.pass";
    private static final Map<String, String> WITH_STAT = Map.of("memoryStat", "true");
    private static final Map<String, String> WITHOUT_STAT = Map.of("memoryStat", "false");
    private static final Map<String, String> HOT = Map.of("hot", "true");
    private static final Map<String, String> ANY = Map.of();

    /** All of them, in the order in which they are shown. */
    public static final List<Goal> ALL = List.of(
            ratio("a sample of one cgroup, against pread of its files", Bound.atMost(1.15), SAMPLE, "floor", WITH_STAT),
            ratio("a sample, against readString and split", Bound.atLeast(4), SAMPLE, "baselineReadS", WITH_STAT),
            ratio("the same without memory.stat", Bound.atLeast(8), SAMPLE, "baselineReadS", WITHOUT_STAT),
            ratio(
                    "a sample, against the calculators of YARN",
                    Bound.atLeast(10),
                    "YarnCgroupBenchmark.sample",
                    "baselineYarn",
                    ANY),
            ratio("a changed limit, against pwrite", Bound.atMost(1.5), "LimitBenchmark.changed", "floor", ANY),
            ratio("launch and destroy, against ProcessBuilder", Bound.atMost(2.5), "LaunchBenchmark.", "baseline", ANY),
            new GrowthGoal(
                    "a cgroup in a pass over 1,000, against one of 100", Bound.atMost(1.3), PASS, HOT, 100, 1000),
            new AllocationGoal("allocated by a sample", SAMPLE, ANY),
            new AllocationGoal("allocated by a pass, for each cgroup", PASS, HOT),
            new AllocationGoal("allocated by an unchanged update", "LimitBenchmark.unchanged", ANY));

    private Goals() {}

    /** {@return what is asked of a comparison, empty if nothing is} */
    public static Optional<Goal> of(Comparison pair) {
        return ALL.stream()
                .filter(goal -> goal instanceof RatioGoal ratio && ratio.isAbout(pair))
                .findFirst();
    }

    private static Goal ratio(String what, Bound bound, String method, String partner, Map<String, String> parameters) {
        return new RatioGoal(what, bound, method, partner, parameters);
    }
}
