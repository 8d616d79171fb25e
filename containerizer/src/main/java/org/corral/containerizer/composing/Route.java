package org.corral.containerizer.composing;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.corral.core.Containerizer;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;

/** Which containerizer a container is with, and how far it has come there. Thread-safe; holds no lock across a call. */
final class Route {

    /** The stages of a route, in their order. */
    enum Stage {
        /** The containerizers are asked one after the other. */
        LAUNCHING,
        /** One of them has it. */
        LAUNCHED,
        /** Its end was asked for. */
        DESTROYING
    }

    private final Instant since = Instant.now();
    private final CompletableFuture<Optional<Containerizer>> owner = new CompletableFuture<>();
    private Stage stage = Stage.LAUNCHING;
    private Optional<Containerizer> current = Optional.empty();
    private Optional<TerminationReason> endReason = Optional.empty();
    private CompletableFuture<Optional<Termination>> end = new CompletableFuture<>();

    Instant since() {
        return since;
    }

    synchronized Stage stage() {
        return stage;
    }

    /** {@return the containerizer that has it, or is being asked just now} */
    synchronized Optional<Containerizer> current() {
        return current;
    }

    /** {@return whether a containerizer may be asked: not once the container's end was asked for} */
    synchronized boolean offer(Containerizer next) {
        if (stage == Stage.DESTROYING) {
            return false;
        }
        current = Optional.of(next);
        return true;
    }

    /**
     * Ends the search.
     *
     * @param found who has the container, empty if nobody
     * @return why its end was asked for meanwhile, if it was: then {@code found} may have been told before it knew the id
     */
    synchronized Optional<TerminationReason> settle(Optional<Containerizer> found) {
        if (stage == Stage.LAUNCHING) {
            stage = Stage.LAUNCHED;
        }
        current = found;
        owner.complete(found);
        return endReason;
    }

    boolean isSettled() {
        return owner.isDone();
    }

    /** Waits for the end of the search. {@return who has the container, empty if nobody} */
    Optional<Containerizer> awaitOwner() {
        return owner.join();
    }

    /** Notes that the container is to end; the first reason is kept. Makes {@link #end} a new one if that has failed. */
    synchronized void requestEnd(TerminationReason reason) {
        stage = Stage.DESTROYING;
        if (endReason.isEmpty()) {
            endReason = Optional.of(reason);
        }
        if (end.isCompletedExceptionally()) {
            end = new CompletableFuture<>();
        }
    }

    /** {@return what completes with the container's end} */
    synchronized CompletableFuture<Optional<Termination>> end() {
        return end;
    }
}
