package org.corral.containerizer.isolator;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.corral.linux.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at things again and again, for all of an agent in one thread, which keeps no JVM alive and is not there
 * before it is needed. What fails is logged, and tried again. Thread-safe.
 */
public final class PollTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PollTimer.class);

    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, DaemonThread.factory("corral-poll-timer"));

    /** Starts no thread yet. */
    public PollTimer() {
        executor.setRemoveOnCancelPolicy(true);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Does something now and then.
     *
     * @param pause before the first time, and from one time's end to the next one's beginning
     * @return to cancel it, with an interrupt for one that is under way
     */
    Future<?> repeat(Duration pause, Runnable work) {
        return executor.scheduleWithFixedDelay(guarded(work), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does something now and then, until this is closed. */
    public void repeatForEver(Duration pause, Runnable work) {
        Future<?> unused = repeat(pause, work);
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("what is looked at now and then could not be: {}", e.toString(), e);
            }
        };
    }

    /** Interrupts what is under way, and drops the rest and whatever is asked for later. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
