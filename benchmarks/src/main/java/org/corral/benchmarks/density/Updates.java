package org.corral.benchmarks.density;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.Resources;
import org.corral.linux.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the limits of all containers again and again, on a thread of its own, until it is closed. Thread-safe. */
final class Updates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Updates.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long PATIENCE_MINUTES = 1;

    private final Containerizer containers;
    private final Limits limits;
    private final Set<ContainerId> living;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.factory("density-updates"));
    private final Durations each = new Durations();
    private int rounds;
    private long failed;
    private long cpuNanos;

    /**
     * Changes nothing yet.
     *
     * @param living those to update, a set that may change meanwhile
     */
    Updates(Containerizer containers, Limits limits, Set<ContainerId> living) {
        this.containers = containers;
        this.limits = limits;
        this.living = living;
    }

    /** Begins, with the first round after one period. */
    void start(Duration every) {
        Future<?> unused =
                thread.scheduleAtFixedRate(this::updateAll, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void updateAll() {
        rounds++;
        Resources wanted = limits.round(rounds);
        for (ContainerId id : living) {
            update(id, wanted);
        }
        cpuNanos = THREADS.getCurrentThreadCpuTime();
    }

    private void update(ContainerId id, Resources wanted) {
        long start = System.nanoTime();
        try {
            if (containers.update(id, wanted)) { // else it has ended meanwhile
                each.record(System.nanoTime() - start);
            }
        } catch (IOException | RuntimeException e) {
            failed++;
            LOG.warn("container {} was not updated", id, e);
        }
    }

    /** Ends, with the round that is under way. Without an interrupt, which would break what is being written. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                LOG.warn("a round of updates has not ended in {} minutes", PATIENCE_MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the figures, once the round that is under way has ended} */
    synchronized Figures.Updates figures() {
        return new Figures.Updates(rounds, failed, each.percentiles());
    }

    /** {@return the time its thread has had on a CPU} */
    synchronized long cpuNanos() {
        return cpuNanos;
    }
}
