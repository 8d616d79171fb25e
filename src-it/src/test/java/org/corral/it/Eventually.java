package org.corral.it;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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
        if (!last(condition, met -> met)) {
            throw new AssertionError(what + ": not within " + PATIENCE.toSeconds() + " s");
        }
    }

    /**
     * Returns when an assertion passes.
     *
     * @throws AssertionError the last one, if it does not in a long time
     */
    static void passes(ThrowingCallable assertion) throws Exception {
        Optional<AssertionError> failure = last(
                () -> Optional.ofNullable(catchThrowableOfType(AssertionError.class, assertion)), Optional::isEmpty);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** {@return what is still wrong after a long time; nothing as soon as nothing is} */
    static List<String> left(Callable<List<String>> wrong) throws Exception {
        return last(wrong, List::isEmpty);
    }

    /** {@return what is seen once it is enough, or after a long time} */
    private static <T> T last(Callable<T> look, Predicate<? super T> isEnough) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.call();
        while (!isEnough.test(seen) && System.nanoTime() < end) {
            Pause.millis(PAUSE_MILLIS);
            seen = look.call();
        }
        return seen;
    }
}
