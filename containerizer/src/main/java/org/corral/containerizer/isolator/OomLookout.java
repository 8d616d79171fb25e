package org.corral.containerizer.isolator;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.core.Limitation;

/**
 * Looks, when the kernel notified of something, whether it has killed. A stream of notifications makes it look every
 * 50 ms and not each time. Thread-safe.
 */
final class OomLookout {

    private static final Executor LATER = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    private final int looks;
    private final Look look;
    private final CompletableFuture<Limitation> limited = new CompletableFuture<>();
    private final AtomicInteger looksLeft = new AtomicInteger();

    /**
     * Looks at nothing yet.
     *
     * @param looks how often to look after a notification, two at least: what happens right after a look is then seen
     * @param look asked on several threads, one at a time
     */
    OomLookout(int looks, Look look) {
        this.looks = looks;
        this.look = look;
    }

    /** Looks because of a notification. */
    void notified() {
        if (looksLeft.getAndSet(looks) == 0) {
            look();
        }
    }

    /** Looks for what happened before there were notifications. */
    void begin() {
        if (looksLeft.compareAndSet(0, 1)) {
            look();
        }
    }

    private void look() {
        Optional<Limitation> found = look.now();
        if (found.isPresent()) {
            limited.complete(found.get());
        } else if (looksLeft.decrementAndGet() > 0) {
            LATER.execute(this::look);
        }
    }

    /** {@return a stage that completes when the kernel has killed} */
    CompletableFuture<Limitation> limited() {
        return limited;
    }

    /** Looks whether the kernel has killed. */
    @FunctionalInterface
    interface Look {
        /** {@return the limit that it killed for, empty if it has not} */
        Optional<Limitation> now();
    }
}
