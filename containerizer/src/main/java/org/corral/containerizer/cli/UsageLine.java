package org.corral.containerizer.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.containerizer.cli.show.Shown;
import org.corral.core.ExitStatus;
import org.corral.core.Termination;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.IoUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.core.usage.PidsUsage;

/** What a container uses, in one line for people. */
final class UsageLine {

    private UsageLine() {}

    /** {@return what it uses now} */
    static String of(ContainerUsage before, ContainerUsage now) {
        return "cpu " + percent(before, now) + "  memory " + memory(now) + "  pids "
                + Shown.count(now.pids().map(PidsUsage::current).orElse(OptionalLong.empty())) + "  throttled "
                + seconds(now.cpu().flatMap(CpuUsage::throttled));
    }

    /** {@return how it ended and what it had used in all} */
    static String of(Termination termination) {
        ContainerUsage usage = termination.usage();
        String status = termination.status().map(ExitStatus::toString).orElse("unknown exit");
        return termination.id() + ": " + status + " after " + seconds(Optional.of(termination.wall())) + "; cpu "
                + seconds(usage.cpu().flatMap(CpuUsage::user)) + " user, "
                + seconds(usage.cpu().flatMap(CpuUsage::system)) + " system, throttled "
                + seconds(usage.cpu().flatMap(CpuUsage::throttled)) + "; memory peak "
                + Shown.size(usage.memory().map(MemoryUsage::peakBytes).orElse(OptionalLong.empty())) + limit(usage)
                + io(usage);
    }

    private static String seconds(Optional<Duration> time) {
        return time.isEmpty() ? Shown.ABSENT : Shown.seconds(time) + " s";
    }

    private static String memory(ContainerUsage usage) {
        return Shown.size(usage.memory().map(MemoryUsage::currentBytes).orElse(OptionalLong.empty())) + limit(usage);
    }

    private static String limit(ContainerUsage usage) {
        OptionalLong limit = usage.memory().map(MemoryUsage::limitBytes).orElse(OptionalLong.empty());
        return limit.isPresent() ? " of " + Shown.size(limit) : "";
    }

    /** Nothing where nothing is known, for lines are short. */
    private static String io(ContainerUsage usage) {
        IoUsage.Counts total = usage.io().map(IoUsage::total).orElse(IoUsage.Counts.UNKNOWN);
        return total.equals(IoUsage.Counts.UNKNOWN)
                ? ""
                : "; read " + Shown.size(total.readBytes()) + ", written " + Shown.size(total.writeBytes());
    }

    private static String percent(ContainerUsage before, ContainerUsage now) {
        Optional<Duration> earlier = before.cpu().flatMap(CpuUsage::total);
        Optional<Duration> later = now.cpu().flatMap(CpuUsage::total);
        long wall = Duration.between(before.at(), now.at()).toNanos();
        if (earlier.isEmpty() || later.isEmpty() || wall <= 0) {
            return Shown.ABSENT;
        }
        double share = later.get().minus(earlier.get()).toNanos() / (double) wall;
        return String.format(Locale.ROOT, "%.0f%%", share * 100);
    }
}
