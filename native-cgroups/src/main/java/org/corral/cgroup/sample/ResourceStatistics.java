package org.corral.cgroup.sample;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.IoUsage;
import org.corral.core.usage.MemoryBreakdown;
import org.corral.core.usage.MemoryUsage;
import org.corral.core.usage.PidsUsage;
import org.corral.core.usage.StallUsage;

/**
 * All that one sample of a cgroup tells, for those who want an object: see {@link SampledCgroup#statistics}. A number that the host does
 * not tell, or that was not asked for, is absent in its place; so is all, before the first sample. Immutable.
 *
 * @param cpu processor time
 * @param cpuNanosPerSecond processor time for each second between the last two samples, in nanoseconds; 10<sup>9</sup> is one CPU
 * @param memory memory and its limit
 * @param memoryBreakdown what that memory consists of
 * @param pids processes and threads, and their limit
 * @param io all block devices together
 * @param cpuStalls waiting for a CPU
 * @param memoryStalls waiting for memory
 * @param ioStalls waiting for block devices
 * @param nanoTimes when the files of a class were read, by {@link System#nanoTime}; without those that were not. Classes have their own
 *     rates, so one may be older than another
 */
public record ResourceStatistics(
        CpuUsage cpu,
        OptionalLong cpuNanosPerSecond,
        MemoryUsage memory,
        MemoryBreakdown memoryBreakdown,
        PidsUsage pids,
        IoUsage.Counts io,
        StallUsage cpuStalls,
        StallUsage memoryStalls,
        StallUsage ioStalls,
        Map<FileClass, Long> nanoTimes) {

    /** Copies the times. */
    public ResourceStatistics {
        nanoTimes = Map.copyOf(nanoTimes);
    }

    /** {@return what a sample tells} */
    public static ResourceStatistics of(UsageSample sample) {
        return new ResourceStatistics(
                cpu(sample),
                sample.get(UsageColumn.CPU_NANOS_PER_SECOND),
                memory(sample),
                breakdown(sample),
                new PidsUsage(sample.get(UsageColumn.PIDS), sample.get(UsageColumn.PIDS_LIMIT)),
                io(sample),
                stalls(sample, UsageColumn.CPU_SOME_NANOS, UsageColumn.CPU_FULL_NANOS),
                stalls(sample, UsageColumn.MEMORY_SOME_NANOS, UsageColumn.MEMORY_FULL_NANOS),
                stalls(sample, UsageColumn.IO_SOME_NANOS, UsageColumn.IO_FULL_NANOS),
                times(sample));
    }

    private static CpuUsage cpu(UsageSample sample) {
        return new CpuUsage(
                time(sample, UsageColumn.CPU_NANOS),
                time(sample, UsageColumn.CPU_USER_NANOS),
                time(sample, UsageColumn.CPU_SYSTEM_NANOS),
                sample.get(UsageColumn.CPU_PERIODS),
                sample.get(UsageColumn.CPU_THROTTLED_PERIODS),
                time(sample, UsageColumn.CPU_THROTTLED_NANOS));
    }

    private static MemoryUsage memory(UsageSample sample) {
        return new MemoryUsage(
                sample.get(UsageColumn.MEMORY_BYTES),
                sample.get(UsageColumn.MEMORY_PEAK_BYTES),
                sample.get(UsageColumn.MEMORY_LIMIT_BYTES),
                sample.get(UsageColumn.ANON_BYTES),
                sample.get(UsageColumn.FILE_BYTES),
                sample.get(UsageColumn.SWAP_BYTES),
                sample.get(UsageColumn.OOM_KILLS));
    }

    private static MemoryBreakdown breakdown(UsageSample sample) {
        return new MemoryBreakdown(
                sample.get(UsageColumn.SHMEM_BYTES),
                sample.get(UsageColumn.MAPPED_BYTES),
                sample.get(UsageColumn.DIRTY_BYTES),
                sample.get(UsageColumn.WRITEBACK_BYTES),
                sample.get(UsageColumn.INACTIVE_ANON_BYTES),
                sample.get(UsageColumn.ACTIVE_ANON_BYTES),
                sample.get(UsageColumn.INACTIVE_FILE_BYTES),
                sample.get(UsageColumn.ACTIVE_FILE_BYTES),
                sample.get(UsageColumn.UNEVICTABLE_BYTES),
                sample.get(UsageColumn.KERNEL_BYTES),
                sample.get(UsageColumn.PAGE_FAULTS),
                sample.get(UsageColumn.MAJOR_PAGE_FAULTS));
    }

    private static IoUsage.Counts io(UsageSample sample) {
        return new IoUsage.Counts(
                sample.get(UsageColumn.IO_READ_BYTES),
                sample.get(UsageColumn.IO_WRITE_BYTES),
                sample.get(UsageColumn.IO_READS),
                sample.get(UsageColumn.IO_WRITES));
    }

    private static StallUsage stalls(UsageSample sample, UsageColumn some, UsageColumn full) {
        return new StallUsage(time(sample, some), time(sample, full));
    }

    private static Optional<Duration> time(UsageSample sample, UsageColumn column) {
        OptionalLong nanos = sample.get(column);
        return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
    }

    private static Map<FileClass, Long> times(UsageSample sample) {
        Map<FileClass, Long> times = new EnumMap<>(FileClass.class);
        for (FileClass fileClass : FileClass.values()) {
            sample.nanoTime(fileClass).ifPresent(time -> times.put(fileClass, time));
        }
        return times;
    }
}
