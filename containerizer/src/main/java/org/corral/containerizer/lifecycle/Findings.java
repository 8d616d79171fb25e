package org.corral.containerizer.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.corral.core.TerminationReason;

/** What a recovery took over. Confined to one thread. */
final class Findings {

    private final List<Container> running = new ArrayList<>();
    private final List<Container> unwanted = new ArrayList<>();
    private final List<Container> ended = new ArrayList<>();
    private final List<Container> unfinished = new ArrayList<>();

    /** Takes one in; what was to end is told the reason that was written down. */
    void add(Container container, boolean launched, Optional<TerminationReason> wish) {
        if (!launched) {
            unfinished.add(container);
            return;
        }
        wish.ifPresent(container::requestEnd);
        if (container.process().isEmpty()) {
            ended.add(container);
        } else {
            running.add(container);
            wish.ifPresent(reason -> unwanted.add(container));
        }
    }

    Stream<Container> all() {
        return Stream.of(running, ended, unfinished).flatMap(List::stream);
    }

    /** {@return those whose first process is there} */
    List<Container> running() {
        return running;
    }

    /** {@return those of the running whose end somebody had asked for} */
    List<Container> unwanted() {
        return unwanted;
    }

    /** {@return those whose first process ended while no agent was there} */
    List<Container> ended() {
        return ended;
    }

    /** {@return those whose launch was cut short: their command never ran, or its launch never returned} */
    List<Container> unfinished() {
        return unfinished;
    }
}
