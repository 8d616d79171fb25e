package org.corral.cgroup.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.corral.linux.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that samples as a plan has it, until it is closed. Thread-safe. */
public final class Sampling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SamplingPasses passes;
    private final DaemonThread thread;
    private volatile boolean closed;

    private Sampling(SamplingPasses passes) {
        this.passes = passes;
        this.thread = new DaemonThread(this::run, "corral-sampler");
    }

    /**
     * Starts a thread, daemon and named {@code corral-sampler}, whose first pass begins now.
     *
     * @param sampler stays the caller's, who may add and remove cgroups meanwhile
     */
    public static Sampling start(UsageSampler sampler, SamplingPlan plan) {
        return start(sampler, plan, progress -> {});
    }

    /**
     * As {@link #start(UsageSampler, SamplingPlan)}, for somebody who wants to know of every pass.
     *
     * @param passEnded is told at the end of each how the plan is kept to; on the sampler's thread: it may
     *     neither wait nor throw
     */
    public static Sampling start(UsageSampler sampler, SamplingPlan plan, Consumer<SamplingProgress> passEnded) {
        Sampling sampling = new Sampling(
                new SamplingPasses(sampler, plan, System::nanoTime, THREADS::getCurrentThreadCpuTime, passEnded));
        sampling.thread.start();
        return sampling;
    }

    /** {@return how the plan is kept to} */
    public SamplingProgress progress() {
        return passes.progress();
    }

    private void run() {
        try {
            while (!closed) {
                long pause = passes.run();
                if (pause > 0) {
                    LockSupport.parkNanos(this, pause);
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("sampling ends: what is shown gets no newer", e);
        }
    }

    /** Ends the thread, and waits for it. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread.thread());
        thread.join();
    }
}
