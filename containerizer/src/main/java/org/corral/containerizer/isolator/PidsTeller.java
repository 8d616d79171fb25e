package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.corral.cgroup.controller.PidsController;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of forks that failed for a limit, where their count has grown. Thread-safe. */
final class PidsTeller {

    private static final Logger LOG = LoggerFactory.getLogger(PidsTeller.class);

    private final ContainerId id;
    private final PidsController pids;
    private final Consumer<? super ContainerEvent> events;
    private final Sparing sparing = new Sparing(Duration.ofSeconds(1), System::nanoTime);
    private long told;

    PidsTeller(ContainerId id, PidsController pids, Consumer<? super ContainerEvent> events) {
        this.id = id;
        this.pids = pids;
        this.events = events;
    }

    /** The kernel notified, which it does up to a hundred times a second; the last count is told by the next look. */
    void changed() {
        try {
            if (sparing.mayNow()) {
                look();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("whether forks fail in container {} cannot be told", id, e); // the cgroup goes
        }
    }

    synchronized void look() throws IOException {
        long failed = pids.failedForks().orElse(0);
        if (failed > told) {
            told = failed;
            events.accept(new ContainerEvent.PidsLimitHit(
                    id, Instant.now(), failed, pids.usage().limit()));
        }
    }
}
