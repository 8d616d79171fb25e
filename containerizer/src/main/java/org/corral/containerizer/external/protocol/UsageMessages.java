package org.corral.containerizer.external.protocol;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.containerizer.external.message.Mesos.ResourceStatistics;
import org.corral.core.unit.CpuAmount;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.core.usage.PidsUsage;
import org.corral.core.usage.PressureUsage;

/** What a container uses, as {@code ResourceStatistics} of Mesos. */
public final class UsageMessages {

    private static final double NANOS = 1e9;

    /** What 63 bits of nanoseconds hold. */
    private static final double MOST_SECONDS = Long.MAX_VALUE / NANOS;

    private UsageMessages() {}

    /**
     * {@return a usage as a message}
     *
     * @param cpus the CPUs that the container is to have, if it is to have any in particular
     */
    public static ResourceStatistics of(ContainerUsage usage, Optional<CpuAmount> cpus) {
        ResourceStatistics.Builder message =
                ResourceStatistics.newBuilder().setTimestamp(seconds(Duration.between(Instant.EPOCH, usage.at())));
        cpus.ifPresent(amount -> message.setCpusLimit(amount.nanoCpus() / NANOS));
        usage.cpu().ifPresent(cpu -> add(message, cpu));
        usage.memory().ifPresent(memory -> add(message, memory));
        usage.pids().ifPresent(pids -> pids.current().ifPresent(count -> message.setThreads((int) count)));
        usage.pressure().ifPresent(pressure -> add(message, pressure));
        return message.build();
    }

    /** User and system time are both there or none. */
    private static void add(ResourceStatistics.Builder message, CpuUsage cpu) {
        if (cpu.user().isPresent() && cpu.system().isPresent()) {
            message.setCpusUserTimeSecs(seconds(cpu.user().get()))
                    .setCpusSystemTimeSecs(seconds(cpu.system().get()));
        }
        cpu.periods().ifPresent(periods -> message.setCpusNrPeriods((int) periods));
        cpu.throttledPeriods().ifPresent(periods -> message.setCpusNrThrottled((int) periods));
        cpu.throttled().ifPresent(time -> message.setCpusThrottledTimeSecs(seconds(time)));
    }

    private static void add(ResourceStatistics.Builder message, MemoryUsage memory) {
        memory.currentBytes().ifPresent(message::setMemTotalBytes);
        memory.currentBytes().ifPresent(message::setMemRssBytes); // unless it is known better
        memory.anonBytes().ifPresent(message::setMemRssBytes);
        memory.anonBytes().ifPresent(message::setMemAnonBytes);
        memory.fileBytes().ifPresent(message::setMemFileBytes);
        memory.swapBytes().ifPresent(message::setMemSwapBytes);
        memory.limitBytes().ifPresent(message::setMemLimitBytes);
    }

    private static void add(ResourceStatistics.Builder message, PressureUsage pressure) {
        pressure.low().ifPresent(message::setMemLowPressureCounter);
        pressure.medium().ifPresent(message::setMemMediumPressureCounter);
        pressure.critical().ifPresent(message::setMemCriticalPressureCounter);
    }

    private static double seconds(Duration time) {
        return time.getSeconds() + time.getNano() / NANOS;
    }

    /**
     * {@return the usage that a message tells}
     *
     * @throws IllegalArgumentException if a time in it is none
     */
    public static ContainerUsage parse(ResourceStatistics message) {
        Duration at = duration(message.getTimestamp());
        return ContainerUsage.nothing(Instant.EPOCH.plus(at))
                .with(cpu(message))
                .with(memory(message))
                .with(pids(message))
                .with(pressure(message));
    }

    private static CpuUsage cpu(ResourceStatistics message) {
        Optional<Duration> user = time(message.hasCpusUserTimeSecs(), message.getCpusUserTimeSecs());
        Optional<Duration> system = time(message.hasCpusSystemTimeSecs(), message.getCpusSystemTimeSecs());
        Optional<Duration> total = user.flatMap(one -> system.map(one::plus));
        return new CpuUsage(
                total,
                user,
                system,
                count(message.hasCpusNrPeriods(), Integer.toUnsignedLong(message.getCpusNrPeriods())),
                count(message.hasCpusNrThrottled(), Integer.toUnsignedLong(message.getCpusNrThrottled())),
                time(message.hasCpusThrottledTimeSecs(), message.getCpusThrottledTimeSecs()));
    }

    private static MemoryUsage memory(ResourceStatistics message) {
        OptionalLong resident = count(message.hasMemRssBytes(), message.getMemRssBytes());
        OptionalLong total = count(message.hasMemTotalBytes(), message.getMemTotalBytes());
        return new MemoryUsage(
                total.isPresent() ? total : resident,
                OptionalLong.empty(),
                count(message.hasMemLimitBytes(), message.getMemLimitBytes()),
                count(message.hasMemAnonBytes(), message.getMemAnonBytes()),
                count(message.hasMemFileBytes(), message.getMemFileBytes()),
                count(message.hasMemSwapBytes(), message.getMemSwapBytes()),
                OptionalLong.empty());
    }

    private static PidsUsage pids(ResourceStatistics message) {
        OptionalLong threads = count(message.hasThreads(), Integer.toUnsignedLong(message.getThreads()));
        OptionalLong processes = count(message.hasProcesses(), Integer.toUnsignedLong(message.getProcesses()));
        return new PidsUsage(threads.isPresent() ? threads : processes, OptionalLong.empty());
    }

    private static PressureUsage pressure(ResourceStatistics message) {
        return new PressureUsage(
                count(message.hasMemLowPressureCounter(), message.getMemLowPressureCounter()),
                count(message.hasMemMediumPressureCounter(), message.getMemMediumPressureCounter()),
                count(message.hasMemCriticalPressureCounter(), message.getMemCriticalPressureCounter()));
    }

    /** Java has no unsigned numbers: what is above {@link Long#MAX_VALUE} is that, as everywhere in Corral. */
    private static OptionalLong count(boolean present, long unsigned) {
        return present ? OptionalLong.of(unsigned < 0 ? Long.MAX_VALUE : unsigned) : OptionalLong.empty();
    }

    private static Optional<Duration> time(boolean present, double seconds) {
        return present ? Optional.of(duration(seconds)) : Optional.empty();
    }

    private static Duration duration(double seconds) {
        if (!(seconds >= 0 && seconds < MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    seconds + " seconds are no time: tell 0 or more, and less than 292 years");
        }
        return Duration.ofNanos(BigDecimal.valueOf(seconds).movePointRight(9).longValue());
    }
}
