package org.corral.containerizer.lifecycle;

import static org.corral.core.ContainerState.DESTROYING;
import static org.corral.core.ContainerState.ISOLATING;
import static org.corral.core.ContainerState.PREPARING;
import static org.corral.core.ContainerState.RUNNING;
import static org.corral.core.ContainerState.STARTING;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
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

    private final Map<ContainerState, Long> enteredNanos = new EnumMap<>(ContainerState.class);
    private ContainerState state;
    private Instant since = Instant.now();

    StateMachine(ContainerState initial) {
        this.state = initial;
        enteredNanos.put(initial, System.nanoTime());
    }

    /** {@return whether the container is in that stage now, and was not before} */
    synchronized boolean advance(ContainerState next) {
        if (!TRANSITIONS.getOrDefault(state, Set.of()).contains(next)) {
            return false;
        }
        state = next;
        since = Instant.now();
        enteredNanos.put(next, System.nanoTime());
        return true;
    }

    synchronized ContainerState state() {
        return state;
    }

    synchronized Instant since() {
        return since;
    }

    /** {@return how long it was in that stage, until now if it still is; zero if it never was} */
    synchronized Duration spentIn(ContainerState stage) {
        Long from = enteredNanos.get(stage);
        return from == null ? Duration.ZERO : Duration.ofNanos(leftNanos(stage) - from);
    }

    private long leftNanos(ContainerState stage) {
        for (Map.Entry<ContainerState, Long> entered : enteredNanos.entrySet()) {
            if (entered.getKey().compareTo(stage) > 0) {
                return entered.getValue();
            }
        }
        return System.nanoTime();
    }

    /** {@return the last stage that it was in before its end began} */
    synchronized ContainerState reached() {
        return enteredNanos.keySet().stream()
                .filter(stage -> stage != DESTROYING)
                .max(Comparator.naturalOrder())
                .orElse(DESTROYING);
    }
}
