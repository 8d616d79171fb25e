package org.corral.linux.event;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long a poller is away from its wait: each time from its return with what is ready until it waits again, all of it
 * handled. What becomes ready meanwhile waits no longer than that before it is handled in its turn. Costs two looks at the
 * clock for each return. Thread-safe.
 */
public final class PollerLoad {

    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier clock;
    private long rounds;
    private long nanos;
    private long longest;
    private long longestBefore;
    private long windowBegan;

    PollerLoad(LongSupplier clock) {
        this.clock = clock;
        this.windowBegan = clock.getAsLong();
    }

    /** {@return what {@link #awaySince} wants to know} */
    long now() {
        return clock.getAsLong();
    }

    /** The poller is about to wait again. */
    synchronized void awaySince(long then) {
        long now = clock.getAsLong();
        rounds++;
        nanos += now - then;
        turnWindow(now);
        longest = Math.max(longest, now - then);
    }

    private void turnWindow(long now) {
        long age = now - windowBegan;
        if (age >= WINDOW_NANOS) {
            longestBefore = age < 2 * WINDOW_NANOS ? longest : 0;
            longest = 0;
            windowBegan = now;
        }
    }

    /** {@return how often it was away} */
    public synchronized long rounds() {
        return rounds;
    }

    /** {@return how long in all} */
    public synchronized Duration total() {
        return Duration.ofNanos(nanos);
    }

    /** {@return the longest time in the last one to two minutes, zero if it was never away} */
    public synchronized Duration longest() {
        turnWindow(clock.getAsLong());
        return Duration.ofNanos(Math.max(longest, longestBefore));
    }
}
