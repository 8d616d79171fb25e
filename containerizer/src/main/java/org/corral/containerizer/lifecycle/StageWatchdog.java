package org.corral.containerizer.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ContainerStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names what hangs: a container that is in a stage for long, though it is not the one to stay in, is warned of once, with
 * what is being done for it. Thread-safe.
 */
final class StageWatchdog {

    private static final Logger LOG = LoggerFactory.getLogger(StageWatchdog.class);

    private final Duration patience;
    private final Supplier<Instant> clock;
    private final Map<ContainerId, Instant> warned = new ConcurrentHashMap<>();

    /**
     * Has warned of nothing.
     *
     * @param patience how long a stage may take
     */
    StageWatchdog(Duration patience, Supplier<Instant> clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /** Looks at all containers there are. */
    void look(Collection<ContainerStatus> containers) {
        containers.stream().filter(this::hangs).forEach(this::warnOnce);
        warned.keySet().retainAll(containers.stream().map(ContainerStatus::id).toList());
    }

    private boolean hangs(ContainerStatus container) {
        return container.state() != ContainerState.RUNNING
                && container.since().plus(patience).isBefore(clock.get());
    }

    private void warnOnce(ContainerStatus container) {
        if (!container.since().equals(warned.put(container.id(), container.since()))) {
            LOG.warn(
                    "container {} is {} since {}, in {}",
                    container.id(),
                    container.state(),
                    container.since(),
                    container.activity().orElse("nothing at all: destroy it again"));
        }
    }
}
