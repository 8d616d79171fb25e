package org.corral.containerizer.isolator;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.core.Limitation;

/**
 * Looks, when the kernel notified of something, whether it has killed. A stream of notifications makes it look every
 * 50 ms and not each time. Thread-safe.
 */
final class OomLookout {

    static final int LONGEST_PAUSE_MICROS = 50_000;

    private final int looks;
    private final int firstPauseMicros;
    private final Look look;
    private final CompletableFuture<Limitation> limited = new CompletableFuture<>();
    private final AtomicInteger looksLeft = new AtomicInteger();

    /**
     * Looks at nothing yet.
     *
     * @param looks how often to look after a notification, two at least: what happens right after a look is then seen
     * @param firstPauseMicros from the first look to the second; each pause is a quarter longer than the one before, up to
     *     50 ms, so that what is found is at most that quarter of its time late
     * @param look asked on several threads, one at a time
     */
    OomLookout(int looks, int firstPauseMicros, Look look) {
        this.looks = looks;
        this.firstPauseMicros = firstPauseMicros;
        this.look = look;
    }

    /** Looks because of a notification. */
    void notified() {
        if (looksLeft.getAndSet(looks) == 0) {
            look(firstPauseMicros);
        }
    }

    /** Looks for what happened before there were notifications. */
    void begin() {
        if (looksLeft.compareAndSet(0, 1)) {
            look(firstPauseMicros);
        }
    }

    private void look(int pauseMicros) {
        Optional<Limitation> found = look.now();
        if (found.isPresent()) {
            limited.complete(found.get());
        } else if (looksLeft.decrementAndGet() > 0) {
            int next = Math.min(pauseMicros * 5 / 4, LONGEST_PAUSE_MICROS);
            LookoutThread.after(pauseMicros, TimeUnit.MICROSECONDS, () -> look(next));
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
