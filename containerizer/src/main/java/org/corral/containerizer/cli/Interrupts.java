package org.corral.containerizer.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Counts the interrupts of a user who grows impatient. Thread-safe. */
final class Interrupts {

    private static final long WINDOW_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int TOO_MANY = 3;

    private final LongSupplier nanoClock;
    private final Deque<Long> recent = new ArrayDeque<>();

    /** Counts by a clock that {@link System#nanoTime} is an example of. */
    Interrupts(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** {@return whether this is the third one within three seconds} */
    synchronized boolean isLast() {
        long now = nanoClock.getAsLong();
        recent.removeIf(then -> now - then > WINDOW_NANOS);
        recent.add(now);
        return recent.size() >= TOO_MANY;
    }
}
