package org.corral.it;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

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

    /**
     * Returns when an assertion passes.
     *
     * @throws AssertionError the last one, if it does not in a long time
     */
    static void passes(ThrowingCallable assertion) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        AssertionError failure = catchThrowableOfType(AssertionError.class, assertion);
        while (failure != null && System.nanoTime() < end) {
            Pause.millis(PAUSE_MILLIS);
            failure = catchThrowableOfType(AssertionError.class, assertion);
        }
        if (failure != null) {
            throw failure;
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
