package org.corral.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs what blocks, each on a thread of its own. Where there are two processors, the common pool of JDK 25 has a single thread: what
 * came second would wait for what came first. Up to JDK 24 it is left aside there.
 */
public final class Background {

    private static final Executor OWN_THREAD = Background::start;

    private Background() {}

    /** {@return what becomes of a task} */
    public static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, OWN_THREAD);
    }

    /** {@return what a task will return} */
    public static <T> CompletableFuture<T> supply(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, OWN_THREAD);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "background");
        thread.setDaemon(true);
        thread.start();
    }
}
