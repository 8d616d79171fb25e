package org.corral.cgroup;

import java.time.Duration;
import java.util.Locale;

/**
 * How much waiting is too much: so long a stall within a window. Immutable. Kernel: accounting/psi.rst.
 *
 * @param kind whose waiting counts
 * @param stall how long, in whole microseconds; at most the window
 * @param window 500 ms to 10 s
 */
public record PressureThreshold(Kind kind, Duration stall, Duration window) {

    /** What every process may watch; other windows need CAP_SYS_RESOURCE. */
    static final Duration UNPRIVILEGED_WINDOW = Duration.ofSeconds(2);

    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int NANOS_PER_MICRO = 1000;

    /** Whose waiting counts. */
    public enum Kind {
        /** Of at least one process. */
        SOME,
        /** Of all processes at once: nothing gets done. */
        FULL
    }

    /** Validates. */
    public PressureThreshold {
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a window of " + window + " is not from 500 ms to 10 s");
        }
        if (stall.isNegative() || stall.isZero() || stall.compareTo(window) > 0) {
            throw new IllegalArgumentException("a stall of " + stall + " is not above zero and within " + window);
        }
        requireMicros(stall);
        requireMicros(window);
    }

    private static void requireMicros(Duration time) {
        if (time.toNanos() % NANOS_PER_MICRO != 0) {
            throw new IllegalArgumentException(time + " is not a whole number of microseconds");
        }
    }

    /** {@return a stall of so many percent of the window} */
    public static PressureThreshold percent(Kind kind, int percent, Duration window) {
        return new PressureThreshold(kind, window.multipliedBy(percent).dividedBy(100), window);
    }

    /** {@return the same share of another window, to the microsecond below, but one at least} */
    PressureThreshold in(Duration other) {
        long micros = Math.max(1, micros(stall) * micros(other) / micros(window));
        return new PressureThreshold(kind, Duration.ofNanos(micros * NANOS_PER_MICRO), other);
    }

    /** {@return whether it takes CAP_SYS_RESOURCE to watch it} */
    boolean isPrivileged() {
        return micros(window) % micros(UNPRIVILEGED_WINDOW) != 0;
    }

    private static long micros(Duration time) {
        return time.toNanos() / NANOS_PER_MICRO;
    }

    /** {@return it as the kernel takes it, as {@code some 200000 2000000}} */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + micros(stall) + " " + micros(window);
    }
}
