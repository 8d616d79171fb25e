package org.corral.cgroup.controller;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/** The units in which control files count CPU time, as durations. Exact, and without overflow. */
final class CpuTimes {

    /** USER_HZ, which is this on x86-64 and aarch64 whatever the kernel's own tick; see sysconf(3), _SC_CLK_TCK. */
    private static final long TICKS_PER_SECOND = 100;

    private static final long NANOS_PER_TICK = 1_000_000_000L / TICKS_PER_SECOND;

    private CpuTimes() {}

    /** {@return v1's clock ticks of {@code cpuacct.stat}} */
    static Optional<Duration> ofTicks(OptionalLong ticks) {
        return ticks.stream()
                .mapToObj(t -> Duration.ofSeconds(t / TICKS_PER_SECOND, t % TICKS_PER_SECOND * NANOS_PER_TICK))
                .findFirst();
    }

    /** {@return v2's microseconds} */
    static Optional<Duration> ofMicros(OptionalLong micros) {
        return micros.stream().mapToObj(m -> Duration.of(m, ChronoUnit.MICROS)).findFirst();
    }

    /** {@return v1's nanoseconds} */
    static Optional<Duration> ofNanos(OptionalLong nanos) {
        return nanos.stream().mapToObj(Duration::ofNanos).findFirst();
    }
}
