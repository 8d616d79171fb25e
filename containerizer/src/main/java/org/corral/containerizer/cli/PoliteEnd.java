package org.corral.containerizer.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.TerminationReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a container as a service manager does: a signal to its first process, time to obey it, then all that is left of
 * the container is killed. Thread-safe.
 */
final class PoliteEnd {

    private static final Logger LOG = LoggerFactory.getLogger(PoliteEnd.class);

    private final Containerizer containers;
    private final ContainerId id;
    private final Duration grace;
    private final Timer timer;
    private Optional<TerminationReason> reason = Optional.empty();

    PoliteEnd(Containerizer containers, ContainerId id, Duration grace, Timer timer) {
        this.containers = containers;
        this.id = id;
        this.grace = grace;
        this.timer = timer;
    }

    /** Asks the container to end; the time to obey begins with the first call. */
    void begin(Signal signal, TerminationReason why) {
        boolean there = send(signal);
        if (signal.equals(Signal.TERM)) {
            send(Signal.CONT); // a stopped process could not obey
        }
        if (there && remember(why)) {
            timer.after(grace, () -> containers.destroy(id, why));
        }
    }

    /** Ends it now. */
    void finish() {
        remember(TerminationReason.DESTROYED);
        containers.destroy(id, reason().orElse(TerminationReason.DESTROYED));
    }

    private boolean send(Signal signal) {
        try {
            return containers.kill(id, signal.number());
        } catch (IOException e) {
            LOG.warn("container {} cannot be sent {}: {}", id, signal, e.getMessage());
            return true; // still there, and must end nevertheless
        }
    }

    private synchronized boolean remember(TerminationReason why) {
        if (reason.isPresent()) {
            return false;
        }
        reason = Optional.of(why);
        return true;
    }

    /** {@return why it was asked to end, empty if it was not} */
    synchronized Optional<TerminationReason> reason() {
        return reason;
    }
}
