package org.corral.containerizer.lifecycle;

import static org.corral.core.ContainerState.DESTROYING;
import static org.corral.core.ContainerState.ISOLATING;
import static org.corral.core.ContainerState.PREPARING;
import static org.corral.core.ContainerState.RUNNING;
import static org.corral.core.ContainerState.STARTING;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.corral.core.ContainerState;

/** The stages of one container and the ways between them. Thread-safe. */
final class StateMachine {

    private static final Map<ContainerState, Set<ContainerState>> TRANSITIONS = Map.of(
            STARTING, Set.of(PREPARING, DESTROYING),
            PREPARING, Set.of(ISOLATING, DESTROYING),
            ISOLATING, Set.of(RUNNING, DESTROYING),
            RUNNING, Set.of(DESTROYING),
            DESTROYING, Set.of());

    private ContainerState state;
    private Instant since = Instant.now();

    StateMachine(ContainerState initial) {
        this.state = initial;
    }

    /** {@return whether the container is in that stage now, and was not before} */
    synchronized boolean advance(ContainerState next) {
        if (!TRANSITIONS.getOrDefault(state, Set.of()).contains(next)) {
            return false;
        }
        state = next;
        since = Instant.now();
        return true;
    }

    synchronized ContainerState state() {
        return state;
    }

    synchronized Instant since() {
        return since;
    }
}
