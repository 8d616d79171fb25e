package org.corral.cgroup.controller;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.corral.core.unit.CpuAmount;

/**
 * How much CPU time the CFS scheduler lets a cgroup have in each period. Immutable. In integer microseconds, as the
 * files are. Kernel: scheduler/sched-bwc.rst.
 *
 * @param quotaMicros the CPU time for each period in microseconds, summed over CPUs, 1000 or more; empty for no limit
 * @param periodMicros the period in microseconds, 1000 to 1000000
 */
public record CpuBandwidth(OptionalLong quotaMicros, long periodMicros) {

    /** The kernel's own default period. */
    public static final Duration DEFAULT_PERIOD = Duration.ofMillis(100);

    private static final long MIN_MICROS = 1000;
    private static final long MAX_PERIOD_MICROS = 1_000_000;

    /** Refuses what no kernel takes. */
    public CpuBandwidth {
        if (periodMicros < MIN_MICROS || periodMicros > MAX_PERIOD_MICROS) {
            throw new IllegalArgumentException(
                    "period " + periodMicros + " us is out of range: give 1 ms to 1 s, normally 100 ms");
        }
        if (quotaMicros.isPresent() && quotaMicros.getAsLong() < MIN_MICROS) {
            throw new IllegalArgumentException(
                    "quota " + quotaMicros.getAsLong() + " us is below 1 ms, the kernel's least: give more CPU");
        }
    }

    /**
     * {@return the bandwidth that allows that much CPU, at least 1 ms a period}
     *
     * @param period 1 ms to 1 s; longer ones stall the container for longer, shorter ones cost more
     */
    public static CpuBandwidth of(CpuAmount cpus, Duration period) {
        long micros = TimeUnit.MICROSECONDS.convert(period);
        return new CpuBandwidth(OptionalLong.of(Math.max(cpus.of(micros), MIN_MICROS)), micros);
    }

    /**
     * {@return the bandwidth in the text of a v2 file, as {@code 50000 100000}}
     *
     * @throws ControlFileFormatException naming the file if it is none
     */
    public static CpuBandwidth parse(String file, String text) throws ControlFileFormatException {
        String[] parts = text.strip().split(" ", 2);
        String period = parts.length == 2 ? parts[1] : "";
        return new CpuBandwidth(
                Limit.parse(file, parts[0]).value(), Numbers.unsigned(period, file, text, "'quota period'"));
    }

    /** {@return no limit, with the default period} */
    public static CpuBandwidth unlimited() {
        return new CpuBandwidth(OptionalLong.empty(), TimeUnit.MICROSECONDS.convert(DEFAULT_PERIOD));
    }
}
