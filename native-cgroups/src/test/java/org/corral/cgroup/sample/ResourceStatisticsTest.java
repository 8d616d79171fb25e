package org.corral.cgroup.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.IoUsage;
import org.corral.core.usage.MemoryBreakdown;
import org.corral.core.usage.MemoryUsage;
import org.corral.core.usage.PidsUsage;
import org.corral.core.usage.StallUsage;
import org.junit.jupiter.api.Test;

class ResourceStatisticsTest {

    /** A sample in which each column has its own number. */
    private static UsageSample numbered() {
        long[] values = new long[UsageColumn.COUNT];
        Arrays.setAll(values, ResourceStatisticsTest::number);
        long[] times = new long[FileClass.values().length];
        times[FileClass.CPU.index()] = 7;
        times[FileClass.MEMORY_STAT.index()] = 8;
        return new UsageSample(-1, values, times);
    }

    private static long number(int index) {
        return 1000L + index;
    }

    private static OptionalLong number(UsageColumn column) {
        return OptionalLong.of(number(column.index()));
    }

    private static Optional<Duration> time(UsageColumn column) {
        return Optional.of(Duration.ofNanos(number(column.index())));
    }

    @Test
    void of_everyColumn_isInItsPlace() {
        ResourceStatistics statistics = ResourceStatistics.of(numbered());

        assertThat(statistics.cpu())
                .isEqualTo(new CpuUsage(
                        time(UsageColumn.CPU_NANOS),
                        time(UsageColumn.CPU_USER_NANOS),
                        time(UsageColumn.CPU_SYSTEM_NANOS),
                        number(UsageColumn.CPU_PERIODS),
                        number(UsageColumn.CPU_THROTTLED_PERIODS),
                        time(UsageColumn.CPU_THROTTLED_NANOS)));
        assertThat(statistics.cpuNanosPerSecond()).isEqualTo(number(UsageColumn.CPU_NANOS_PER_SECOND));
        assertThat(statistics.memory())
                .isEqualTo(new MemoryUsage(
                        number(UsageColumn.MEMORY_BYTES),
                        number(UsageColumn.MEMORY_PEAK_BYTES),
                        number(UsageColumn.MEMORY_LIMIT_BYTES),
                        number(UsageColumn.ANON_BYTES),
                        number(UsageColumn.FILE_BYTES),
                        number(UsageColumn.SWAP_BYTES),
                        number(UsageColumn.OOM_KILLS)));
        assertThat(statistics.pids())
                .isEqualTo(new PidsUsage(number(UsageColumn.PIDS), number(UsageColumn.PIDS_LIMIT)));
        assertThat(statistics.io())
                .isEqualTo(new IoUsage.Counts(
                        number(UsageColumn.IO_READ_BYTES),
                        number(UsageColumn.IO_WRITE_BYTES),
                        number(UsageColumn.IO_READS),
                        number(UsageColumn.IO_WRITES)));
    }

    @Test
    void of_memoryStatAndPressure_areInTheirPlaces() {
        ResourceStatistics statistics = ResourceStatistics.of(numbered());

        assertThat(statistics.memoryBreakdown())
                .isEqualTo(new MemoryBreakdown(
                        number(UsageColumn.SHMEM_BYTES),
                        number(UsageColumn.MAPPED_BYTES),
                        number(UsageColumn.DIRTY_BYTES),
                        number(UsageColumn.WRITEBACK_BYTES),
                        number(UsageColumn.INACTIVE_ANON_BYTES),
                        number(UsageColumn.ACTIVE_ANON_BYTES),
                        number(UsageColumn.INACTIVE_FILE_BYTES),
                        number(UsageColumn.ACTIVE_FILE_BYTES),
                        number(UsageColumn.UNEVICTABLE_BYTES),
                        number(UsageColumn.KERNEL_BYTES),
                        number(UsageColumn.PAGE_FAULTS),
                        number(UsageColumn.MAJOR_PAGE_FAULTS)));
        assertThat(statistics.cpuStalls())
                .isEqualTo(new StallUsage(time(UsageColumn.CPU_SOME_NANOS), time(UsageColumn.CPU_FULL_NANOS)));
        assertThat(statistics.memoryStalls())
                .isEqualTo(new StallUsage(time(UsageColumn.MEMORY_SOME_NANOS), time(UsageColumn.MEMORY_FULL_NANOS)));
        assertThat(statistics.ioStalls())
                .isEqualTo(new StallUsage(time(UsageColumn.IO_SOME_NANOS), time(UsageColumn.IO_FULL_NANOS)));
        assertThat(statistics.nanoTimes()).isEqualTo(Map.of(FileClass.CPU, 7L, FileClass.MEMORY_STAT, 8L));
    }

    @Test
    void of_nothingSampled_isAbsentAndNotZero() {
        ResourceStatistics statistics = ResourceStatistics.of(UsageSample.NONE);

        assertThat(statistics.toString()).doesNotContainPattern("=(Optional(Long)?\\[|0)");
        assertThat(statistics.io()).isEqualTo(IoUsage.Counts.UNKNOWN);
        assertThat(statistics.nanoTimes()).isEmpty();
    }
}
