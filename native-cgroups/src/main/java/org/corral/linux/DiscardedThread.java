package org.corral.linux;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A thread for what changes the thread that does it for good, as unshare(2) and setns(2): it does that and ends.
 *
 * <p>Where the thread sees other mounts, the files of the class path may not be among them: what it does there should be
 * calls of the kernel alone.
 */
public final class DiscardedThread {

    private DiscardedThread() {}

    /**
     * Does the work on a new thread, and returns when it is done.
     *
     * @throws IOException as the work throws it
     */
    public static void run(Work work) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> work(work, done), "corral-namespace");
        thread.setDaemon(true);
        thread.start();
        await(done);
    }

    private static void work(Work work, CompletableFuture<Void> done) {
        try {
            work.run();
            done.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    private static void await(CompletableFuture<Void> done) throws IOException {
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** What is done. */
    @FunctionalInterface
    public interface Work {

        /** Does it. */
        void run() throws IOException;
    }
}
