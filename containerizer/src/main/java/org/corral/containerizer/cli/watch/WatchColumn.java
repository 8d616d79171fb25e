package org.corral.containerizer.cli.watch;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.corral.cgroup.sample.Ranking;
import org.corral.cgroup.sample.ResourceStatistics;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.containerizer.cli.show.Shown;
import org.corral.core.unit.CpuAmount;
import org.corral.core.usage.MemoryUsage;

/** A column of the table. What is looked at first is at the left: where the screen is narrow, the last ones are left out. */
@SuppressWarnings("ImmutableEnumChecker") // all are functions without state
enum WatchColumn {
    ID("ID", 0, Ranking.names(), statistics -> ""),
    CPU_SHARE("CPU%", 7, Ranking.highest(UsageColumn.CPU_NANOS_PER_SECOND), WatchColumn::cpuPercent),
    MEMORY(
            "MEMORY",
            9,
            Ranking.highest(UsageColumn.MEMORY_BYTES),
            statistics -> Shown.size(statistics.memory().currentBytes())),
    MEMORY_SHARE("MEM%", 6, Ranking.highest(WatchColumn::memoryShare), WatchColumn::memoryPercent),
    LIMIT(
            "LIMIT",
            9,
            Ranking.highest(UsageColumn.MEMORY_LIMIT_BYTES),
            statistics -> Shown.size(statistics.memory().limitBytes())),
    PIDS(
            "PIDS",
            6,
            Ranking.highest(UsageColumn.PIDS),
            statistics -> Shown.count(statistics.pids().current())),
    READ(
            "READ",
            9,
            Ranking.highest(UsageColumn.IO_READ_BYTES),
            statistics -> Shown.size(statistics.io().readBytes())),
    WRITTEN(
            "WRITTEN",
            9,
            Ranking.highest(UsageColumn.IO_WRITE_BYTES),
            statistics -> Shown.size(statistics.io().writeBytes())),
    THROTTLED(
            "THROTTLED(s)",
            12,
            Ranking.highest(UsageColumn.CPU_THROTTLED_NANOS),
            statistics -> Shown.seconds(statistics.cpu().throttled())),
    OOM_KILLS(
            "OOM KILLS",
            9,
            Ranking.highest(UsageColumn.OOM_KILLS),
            statistics -> Shown.count(statistics.memory().oomKills())),
    PEAK(
            "PEAK",
            9,
            Ranking.highest(UsageColumn.MEMORY_PEAK_BYTES),
            statistics -> Shown.size(statistics.memory().peakBytes())),
    CPU(
            "CPU(s)",
            10,
            Ranking.highest(UsageColumn.CPU_NANOS),
            statistics -> Shown.seconds(statistics.cpu().total())),
    USER(
            "USER(s)",
            10,
            Ranking.highest(UsageColumn.CPU_USER_NANOS),
            statistics -> Shown.seconds(statistics.cpu().user())),
    SYSTEM(
            "SYSTEM(s)",
            10,
            Ranking.highest(UsageColumn.CPU_SYSTEM_NANOS),
            statistics -> Shown.seconds(statistics.cpu().system()));

    private static final List<WatchColumn> ALL = List.of(values());

    /** Shares are whole numbers of these. */
    private static final double MILLIONTHS = 1e6;

    final String heading;

    /** What its cells need; the id's is as wide as the ids. */
    final int width;

    /** The highest first, but ids from a on. */
    final Ranking ranking;

    private final Function<ResourceStatistics, String> text;

    WatchColumn(String heading, int width, Ranking ranking, Function<ResourceStatistics, String> text) {
        this.heading = heading;
        this.width = width;
        this.ranking = ranking;
        this.text = text;
    }

    /** {@return what it shows of a container; of the id nothing, which is no statistic} */
    String text(ResourceStatistics statistics) {
        return text.apply(statistics);
    }

    /** {@return the numbers that the table shows, and those that its JSON has beside them} */
    static Set<UsageColumn> sampled() {
        return EnumSet.of(
                UsageColumn.CPU_NANOS,
                UsageColumn.CPU_NANOS_PER_SECOND,
                UsageColumn.CPU_USER_NANOS,
                UsageColumn.CPU_SYSTEM_NANOS,
                UsageColumn.CPU_PERIODS,
                UsageColumn.CPU_THROTTLED_PERIODS,
                UsageColumn.CPU_THROTTLED_NANOS,
                UsageColumn.MEMORY_BYTES,
                UsageColumn.MEMORY_PEAK_BYTES,
                UsageColumn.MEMORY_LIMIT_BYTES,
                UsageColumn.OOM_KILLS,
                UsageColumn.PIDS,
                UsageColumn.PIDS_LIMIT,
                UsageColumn.IO_READ_BYTES,
                UsageColumn.IO_WRITE_BYTES,
                UsageColumn.IO_READS,
                UsageColumn.IO_WRITES);
    }

    private static OptionalLong memoryShare(SampledCgroup cgroup) {
        return share(cgroup.get(UsageColumn.MEMORY_BYTES), cgroup.get(UsageColumn.MEMORY_LIMIT_BYTES));
    }

    /** {@return a part in millionths, empty if it or the whole is not known} */
    private static OptionalLong share(OptionalLong part, OptionalLong whole) {
        if (part.isEmpty() || whole.isEmpty() || whole.getAsLong() == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) (part.getAsLong() * MILLIONTHS / whole.getAsLong()));
    }

    private static String cpuPercent(ResourceStatistics statistics) {
        return percent(statistics.cpuNanosPerSecond(), CpuAmount.NANOS_PER_CPU);
    }

    private static String memoryPercent(ResourceStatistics statistics) {
        MemoryUsage memory = statistics.memory();
        return percent(share(memory.currentBytes(), memory.limitBytes()), MILLIONTHS);
    }

    private static String percent(OptionalLong part, double whole) {
        return part.isPresent() ? String.format(Locale.ROOT, "%.1f", 100 * part.getAsLong() / whole) : Shown.ABSENT;
    }

    /** {@return the column of a key, empty if the key chooses none} */
    static Optional<WatchColumn> of(int key) {
        return switch (key) {
            case 'c' -> Optional.of(CPU_SHARE);
            case 'm' -> Optional.of(MEMORY);
            case 'p' -> Optional.of(PIDS);
            case 'i' -> Optional.of(READ);
            case 'n' -> Optional.of(ID);
            default -> Optional.empty();
        };
    }

    /** {@return the column some places to the right, from the last one on at the left again} */
    WatchColumn right(int places) {
        return ALL.get(Math.floorMod(ALL.indexOf(this) + places, ALL.size()));
    }
}
