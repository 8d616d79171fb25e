package org.corral.cgroup.sample;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often what is sampled. Immutable.
 *
 * @param period of a pass over all cgroups
 * @param slices into which a pass is spread over its period, so that it is no burst of work; 1 or more
 * @param every for each class of files, in each how many passes a cgroup's are read, 1 or more; the cgroups take turns, so that each
 *     pass has its part of them. A class that is not named is read in each pass
 * @param cpuShare the part of one CPU that sampling may take; what would go beyond is skipped, and counted
 */
public record SamplingPlan(Duration period, int slices, Map<FileClass, Integer> every, double cpuShare) {

    /** Once a second, {@code memory.stat} each tenth time, block devices each fifth, limits each thirtieth; a tenth of a CPU. */
    public static final SamplingPlan USUAL = new SamplingPlan(
            Duration.ofSeconds(1), 20, Map.of(FileClass.MEMORY_STAT, 10, FileClass.IO, 5, FileClass.LIMITS, 30), 0.1);

    /** Refuses what no pass can keep to. */
    public SamplingPlan {
        require(!period.isNegative() && !period.isZero(), "period " + period, "above zero");
        require(slices >= 1, "slices " + slices, "of 1 or more");
        require(every.values().stream().allMatch(passes -> passes >= 1), "every " + every, "of 1 or more passes");
        require(cpuShare > 0, "CPU share " + cpuShare, "above 0, as 0.1 for a tenth of a CPU");
        every = Map.copyOf(every);
    }

    private static void require(boolean isUsable, String what, String usable) {
        if (!isUsable) {
            throw new IllegalArgumentException(what + " is not usable: give one " + usable);
        }
    }

    /** {@return in each how many passes a cgroup's files of a class are read} */
    int passesBetween(FileClass fileClass) {
        return every.getOrDefault(fileClass, 1);
    }

    /** {@return this plan with another period} */
    public SamplingPlan withPeriod(Duration other) {
        return new SamplingPlan(other, slices, every, cpuShare);
    }

    /** {@return this plan with a class of files read in each so many passes} */
    public SamplingPlan withEvery(FileClass fileClass, int passes) {
        Map<FileClass, Integer> other = new EnumMap<>(FileClass.class);
        other.putAll(every);
        other.put(fileClass, passes);
        return new SamplingPlan(period, slices, other, cpuShare);
    }

    /** {@return this plan with another part of a CPU} */
    public SamplingPlan withCpuShare(double other) {
        return new SamplingPlan(period, slices, every, other);
    }
}
