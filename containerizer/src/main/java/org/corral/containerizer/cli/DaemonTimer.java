package org.corral.containerizer.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.corral.linux.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things later in one thread, which keeps no JVM alive. What fails is logged. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // guarded work throws nothing that a future could keep
final class DaemonTimer implements Timer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonTimer.class);

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.factory("corral-timer"));

    @Override
    public void after(Duration delay, Runnable work) {
        executor.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void every(Duration period, Runnable work) {
        executor.scheduleAtFixedRate(guarded(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("what was to be done in time failed: {}", e.toString(), e);
            }
        };
    }

    /** Drops what is not done yet. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
