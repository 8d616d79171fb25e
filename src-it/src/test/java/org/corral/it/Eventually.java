package org.corral.it;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Waits for what other processes are about to do. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 10;

    private Eventually() {}

    /**
     * Returns when a condition holds.
     *
     * @throws AssertionError if it does not in a long time
     */
    static void holds(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + ": not within " + PATIENCE.toSeconds() + " s");
            }
            Pause.millis(PAUSE_MILLIS);
        }
    }

    /** {@return what is still wrong after a long time; nothing as soon as nothing is} */
    static List<String> left(Callable<List<String>> wrong) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> left = wrong.call();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Pause.millis(PAUSE_MILLIS);
            left = wrong.call();
        }
        return left;
    }
}
