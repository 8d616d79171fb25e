package org.corral.benchmarks.density;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.corral.harness.OwnProcess;
import org.corral.harness.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Destroys all containers of an agent and closes it, however its run ended, and counts what is left. Confined to one thread. */
final class Cleanup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(10);

    private final DensityHost host;
    private final Progress.Display display;
    private final int descriptorsBefore;
    private double seconds;
    private Figures.LeftBehind left = new Figures.LeftBehind(0, 0, 0, 0, 0);

    /**
     * Does nothing yet.
     *
     * @param descriptorsBefore how many were open before the agent was
     */
    Cleanup(DensityHost host, Progress.Display display, int descriptorsBefore) {
        this.host = host;
        this.display = display;
        this.descriptorsBefore = descriptorsBefore;
    }

    @Override
    public void close() throws IOException {
        long began = System.nanoTime();
        int notEnded;
        try (Progress progress =
                display.begin("destroy", host.containers().containers().size())) {
            notEnded = host.destroyAll(progress);
        }
        seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        host.close();
        left = new Figures.LeftBehind(
                notEnded,
                host.cgroups(),
                (int) ProcessHandle.current().children().count(),
                host.files(),
                descriptorsLeft());
        if (!left.isNothing()) {
            LOG.error("something was left behind: {}", left);
        }
    }

    /** The kernel takes its time to close a pressure trigger, and a thread of the agent waits for it. */
    private int descriptorsLeft() throws IOException {
        long latest = System.nanoTime() + PATIENCE;
        while (OwnProcess.descriptors() > descriptorsBefore && System.nanoTime() < latest) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return Math.max(0, OwnProcess.descriptors() - descriptorsBefore);
    }

    /** {@return how long it took until nothing was left of any container} */
    double seconds() {
        return seconds;
    }

    Figures.LeftBehind left() {
        return left;
    }
}
