package org.corral.containerizer.external;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ContainerStatus;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;

/** What the agent knows of a container that a program has made. Thread-safe; holds no lock across a call. */
final class ExternalContainer {

    private final CompletableFuture<Boolean> launched = new CompletableFuture<>();
    private CompletableFuture<Optional<Termination>> termination = new CompletableFuture<>();
    private ContainerState state = ContainerState.STARTING;
    private Instant since = Instant.now();
    private Memo memo;
    private Optional<TerminationReason> endReason = Optional.empty();
    private Optional<Waiting> waiting = Optional.empty();
    private boolean destroying;

    ExternalContainer(Memo memo) {
        this.memo = memo;
    }

    /**
     * The {@code wait} of a container.
     *
     * @param call the process
     * @param told completes when its answer, or its failure, was dealt with
     */
    record Waiting(ProgramCall call, CompletableFuture<Void> told) {}

    ContainerId id() {
        return memo().id();
    }

    synchronized Memo memo() {
        return memo;
    }

    synchronized Memo setResources(Resources totals) {
        memo = memo.withResources(totals);
        return memo;
    }

    synchronized Duration wall() {
        return Duration.between(memo.launchedAt(), Instant.now());
    }

    synchronized ContainerStatus status() {
        return new ContainerStatus(memo.id(), state, since, OptionalInt.empty());
    }

    /** From now on other calls for it can be made. */
    void markLaunched() {
        enter(ContainerState.RUNNING);
        launched.complete(true);
    }

    /** There is no such container; who waited for its launch finds none. */
    void markFailed() {
        launched.complete(false);
    }

    /** {@return completes with whether there is a container, when its launch is over} */
    CompletableFuture<Boolean> launched() {
        return launched;
    }

    private synchronized void enter(ContainerState next) {
        if (state.compareTo(next) < 0) {
            state = next;
            since = Instant.now();
        }
    }

    synchronized void setWaiting(Waiting started) {
        waiting = Optional.of(started);
    }

    synchronized Optional<Waiting> waiting() {
        return waiting;
    }

    /** Notes that it is to end, and why; the first reason is kept. A failed attempt to end it is forgotten. */
    synchronized void requestEnd(TerminationReason reason) {
        if (endReason.isEmpty()) {
            endReason = Optional.of(reason);
        }
        if (termination.isCompletedExceptionally()) {
            termination = new CompletableFuture<>();
        }
        enter(ContainerState.DESTROYING);
    }

    synchronized Optional<TerminationReason> endReason() {
        return endReason;
    }

    /** {@return whether the caller is to destroy it, which nobody else does just now} */
    synchronized boolean beginDestroy() {
        boolean first = !destroying;
        destroying = true;
        return first;
    }

    synchronized void endDestroy() {
        destroying = false;
    }

    synchronized boolean isBeingDestroyed() {
        return destroying;
    }

    synchronized CompletableFuture<Optional<Termination>> termination() {
        return termination;
    }

    /** It could not be ended, or its end not be noticed; it stays known. */
    void fail(IOException failure) {
        termination().completeExceptionally(failure);
    }
}
