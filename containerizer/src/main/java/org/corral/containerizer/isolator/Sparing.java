package org.corral.containerizer.isolator;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets something happen at once, and then not again for a while. Thread-safe. */
final class Sparing {

    private final long betweenNanos;
    private final LongSupplier nanoTime;
    private long next;
    private boolean begun;

    Sparing(Duration between, LongSupplier nanoTime) {
        this.betweenNanos = between.toNanos();
        this.nanoTime = nanoTime;
    }

    /** {@return whether it may happen now, which is taken for its happening} */
    synchronized boolean mayNow() {
        long now = nanoTime.getAsLong();
        if (begun && now - next < 0) {
            return false;
        }
        begun = true;
        next = now + betweenNanos;
        return true;
    }
}
