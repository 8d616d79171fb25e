package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.corral.containerizer.lifecycle.Turns.Turn;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.TerminationReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the containers that a recovery finds this agent's, and ends those that are not to go on. Thread-safe. */
@SuppressWarnings("try") // a turn is held, not called
final class Takeover {

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    /** How long a recovery waits for what it removes. */
    private static final Duration SWEEPING = Duration.ofSeconds(10);

    private final Recovery recovery;
    private final Roster<Container> containers;
    private final Turns turns;
    private final Ending ending;
    private final Supervision supervision;
    private final Executor workers;

    Takeover(
            Recovery recovery,
            Roster<Container> containers,
            Turns turns,
            Ending ending,
            Supervision supervision,
            Executor workers) {
        this.recovery = recovery;
        this.containers = containers;
        this.turns = turns;
        this.ending = ending;
        this.supervision = supervision;
        this.workers = workers;
    }

    /** {@return the containers that run on} */
    Set<ContainerId> run() throws IOException {
        Findings found = recovery.run();
        found.all().forEach(container -> containers.enter(container.id(), container));
        found.running().forEach(supervision::begin);
        endAll(found);
        workers.execute(() -> recovery.strays().forEach(this::dismissStray));
        return found.running().stream().map(Container::id).collect(Collectors.toUnmodifiableSet());
    }

    /** What takes longer than usual, as with processes that do not die, goes on while others are launched. */
    private void endAll(Findings found) {
        found.unwanted().forEach(container -> supervision.requestEnd(container, TerminationReason.DESTROYED));
        CompletableFuture<?>[] ends = Stream.concat(
                        found.ended().stream().map(supervision::endSoon),
                        found.unfinished().stream().map(this::dismissSoon))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, SWEEPING.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private CompletableFuture<Void> dismissSoon(Container container) {
        return CompletableFuture.runAsync(() -> dismiss(container), workers);
    }

    private void dismissStray(Container container) {
        if (containers.enter(container.id(), container)) {
            dismiss(container);
        }
    }

    /** Undoes the launch that an earlier agent did not finish. */
    private void dismiss(Container container) {
        try (Turn turn = turns.take(container)) {
            container.enter(ContainerState.DESTROYING);
            supervision.forget(container, ending.dismiss(container));
        } catch (IOException | RuntimeException e) {
            LOG.warn("what is left of container {} cannot be removed: destroy it", container.id(), e);
            container.termination().completeExceptionally(e);
        }
    }
}
