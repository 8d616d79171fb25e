package org.corral.containerizer.cli.watch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells when watching is to end. Thread-safe. */
public final class End {

    private final CountDownLatch latch = new CountDownLatch(1);

    /** Has not come yet. */
    public End() {}

    /** Lets it come. */
    public void come() {
        latch.countDown();
    }

    boolean hasCome() {
        return latch.getCount() == 0;
    }

    /** {@return whether it came within that time; an interrupted thread is to end too} */
    boolean comesWithin(Duration time) {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
