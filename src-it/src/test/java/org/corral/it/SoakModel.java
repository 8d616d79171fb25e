package org.corral.it;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.corral.core.ContainerId;

/** Which containers of an agent must be running, and what must be true of each. Confined to one thread. */
final class SoakModel {

    private static final int MOST = 12;

    private final Map<ContainerId, SoakContainer> running = new LinkedHashMap<>();

    /** {@return whether a step can be taken now} */
    boolean allows(SoakStep step) {
        return switch (step) {
            case LAUNCH -> running.size() < MOST;
            case BRIEF, OOM -> true;
            case UPDATE, SAMPLE, DESTROY -> !running.isEmpty();
            case PAUSE, SIGNAL -> running.values().stream().anyMatch(each -> !each.isPaused());
            case RESUME -> running.values().stream().anyMatch(SoakContainer::isPaused);
        };
    }

    /** {@return one that a step can be taken with} A signal does not end what is paused before it goes on. */
    SoakContainer any(SoakStep step, Random random) {
        Predicate<SoakContainer> fits =
                switch (step) {
                    case PAUSE, SIGNAL -> each -> !each.isPaused();
                    case RESUME -> SoakContainer::isPaused;
                    default -> each -> true;
                };
        List<SoakContainer> fitting = running.values().stream().filter(fits).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    /** It runs, or something of it has changed. */
    void put(SoakContainer container) {
        running.put(container.id(), container);
    }

    /** It must not run any more. */
    void remove(ContainerId id) {
        running.remove(id);
    }

    Collection<SoakContainer> running() {
        return List.copyOf(running.values());
    }

    Map<ContainerId, OptionalInt> pids() {
        return running.values().stream()
                .collect(Collectors.toMap(SoakContainer::id, each -> OptionalInt.of(each.pid())));
    }
}
