package org.corral.harness;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C, or another signal that ends the virtual machine, wait until the run has cleaned up. The run looks here where it can be
 * cut short; its thread is not interrupted, as that would break what it is writing. Thread-safe.
 */
public final class Cancellation implements AutoCloseable {

    private static final long PATIENCE_MINUTES = 5;
    private static final String INTERRUPTED = "interrupted: what was launched is destroyed";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch obeyed = new CountDownLatch(1);
    private final String program;
    private final Thread hook;

    private Cancellation(String program) {
        this.program = program;
        this.hook = new Thread(this::askAndWait, program + "-cancel");
    }

    /**
     * {@return one that the end of the virtual machine asks}
     *
     * @param program whose run it is, for messages
     */
    public static Cancellation atShutdown(String program) {
        Cancellation cancellation = new Cancellation(program);
        Runtime.getRuntime().addShutdownHook(cancellation.hook);
        return cancellation;
    }

    private void askAndWait() {
        ask();
        try {
            if (!obeyed.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                System.err.println(program + ": not all was cleaned up in " + PATIENCE_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the run to end. */
    public void ask() {
        asked.countDown();
    }

    /** {@return whether the run is to end} */
    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /**
     * Goes on unless the run is to end.
     *
     * @throws CancellationException if it is
     */
    public void check() {
        pauseUntil(System.nanoTime());
    }

    /**
     * Waits.
     *
     * @param moment until when, by {@link System#nanoTime}
     * @throws CancellationException as soon as the run is to end
     */
    public void pauseUntil(long moment) {
        try {
            if (asked.await(moment - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new CancellationException(INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException(INTERRUPTED);
        }
    }

    /** All is cleaned up: whoever asked need not wait any more. */
    @Override
    public void close() {
        obeyed.countDown();
        if (!isAsked()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
