package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.corral.containerizer.count.LifeCounts;
import org.corral.containerizer.lifecycle.Turns.Turn;
import org.corral.core.ContainerState;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.launcher.ContainerProcess;

/**
 * Sees containers to their ends, which the workers work off, whoever notices one first: the poller an exit, an isolator a
 * limitation, a caller that it is wanted. Thread-safe.
 */
@SuppressWarnings("try") // a turn is held, not called
final class Supervision {

    private final Roster<Container> containers;
    private final Turns turns;
    private final IsolatorStack isolators;
    private final Ending ending;
    private final LifeCounts counts;
    private final Executor workers;

    Supervision(
            Roster<Container> containers,
            Turns turns,
            IsolatorStack isolators,
            Ending ending,
            LifeCounts counts,
            Executor workers) {
        this.containers = containers;
        this.turns = turns;
        this.isolators = isolators;
        this.ending = ending;
        this.counts = counts;
        this.workers = workers;
    }

    /** Begins, for a container that runs. One without a process has ended. */
    void begin(Container container) {
        container.process().ifPresent(process -> begin(container, process));
    }

    /** Where an exit cannot be noticed any more, as after the poller was closed, the container goes on. */
    private void begin(Container container, ContainerProcess process) {
        process.exit().whenComplete((status, failure) -> {
            if (failure == null) {
                workers.execute(() -> end(container));
            } else {
                container.termination().completeExceptionally(failure);
            }
        });
        isolators.watch(container.id(), limitation -> limited(container, limitation));
    }

    private void limited(Container container, Limitation limitation) {
        container.addLimitation(limitation);
        container.requestEnd(TerminationReason.LIMITATION);
        workers.execute(() -> end(container));
    }

    /** Has a container end because somebody wants it, also one whose end has failed before. {@return its end} */
    CompletionStage<Optional<Termination>> requestEnd(Container container, TerminationReason reason) {
        container.requestEnd(reason);
        container.renewFailedTermination();
        container.enter(ContainerState.DESTROYING);
        CompletionStage<Optional<Termination>> termination =
                container.termination().copy();
        workers.execute(() -> end(container));
        return termination;
    }

    /** Ends a container whose first process has ended. {@return completes when that was done or has failed} */
    CompletableFuture<Void> endSoon(Container container) {
        return CompletableFuture.runAsync(() -> end(container), workers);
    }

    /**
     * A failure is told once the turn is given back, so that who waits for it finds the container free, and only to those who
     * waited when this attempt began: who asks again has an attempt of its own.
     */
    private void end(Container container) {
        EndRecord record = new EndRecord(counts);
        CompletableFuture<Optional<Termination>> waiting = container.termination();
        try (Turn turn = turns.take(container)) {
            if (!containers.has(container.id(), container)) {
                return; // ended already, by whoever noticed first
            }
            record.begin();
            container.enter(ContainerState.DESTROYING);
            Termination termination = ending.end(container);
            record.succeeded(termination);
            forget(container, Optional.of(termination));
        } catch (IOException | RuntimeException e) {
            record.failed(container.id(), e);
            waiting.completeExceptionally(e);
        }
    }

    /** It is gone: tells all. The caller has its turn. */
    void forget(Container container, Optional<Termination> termination) {
        containers.leave(container.id(), container, termination);
        container.gone(termination);
    }
}
