package org.corral.containerizer.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ContainerStatus;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.launcher.ContainerProcess;
import org.jspecify.annotations.Nullable;

/**
 * What the containerizer knows of one container.
 *
 * <p>Two locks with two purposes. The monitor guards the fields and is held for an assignment. {@link #turn} makes the
 * calls to launcher and isolators for this container take turns, as their interfaces promise; it is held across system
 * calls, and only calls for the same container wait for it.
 */
final class Container {

    private final ContainerId id;
    private final StateMachine stages;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Limitation> limitations = new ArrayList<>();
    private Resources resources;
    private @Nullable ContainerProcess process;
    private long releasedNanos = System.nanoTime();
    private @Nullable TerminationReason endReason;
    private @Nullable Termination told;
    private CompletableFuture<Optional<Termination>> termination = new CompletableFuture<>();

    Container(ContainerId id, Resources resources, ContainerState initial) {
        this.id = id;
        this.resources = resources;
        this.stages = new StateMachine(initial);
    }

    ContainerId id() {
        return id;
    }

    StateMachine stages() {
        return stages;
    }

    ReentrantLock turn() {
        return turn;
    }

    synchronized Resources resources() {
        return resources;
    }

    synchronized void setResources(Resources wanted) {
        resources = wanted;
    }

    synchronized Optional<ContainerProcess> process() {
        return Optional.ofNullable(process);
    }

    synchronized void setProcess(ContainerProcess made) {
        process = made;
    }

    synchronized void markReleased() {
        releasedNanos = System.nanoTime();
    }

    synchronized Duration wall() {
        return Duration.ofNanos(System.nanoTime() - releasedNanos);
    }

    synchronized void addLimitation(Limitation limitation) {
        if (limitations.stream().noneMatch(known -> known.resource().equals(limitation.resource()))) {
            limitations.add(limitation);
        }
    }

    synchronized List<Limitation> limitations() {
        return List.copyOf(limitations);
    }

    /** Says why the container is to end; the first to say so is believed. */
    synchronized void requestEnd(TerminationReason reason) {
        if (endReason == null) {
            endReason = reason;
        }
    }

    synchronized Optional<TerminationReason> endReason() {
        return Optional.ofNullable(endReason);
    }

    /** {@return what was found out about its end, so that a repeated removal of its traces tells the same} */
    synchronized Optional<Termination> told() {
        return Optional.ofNullable(told);
    }

    synchronized void tell(Termination end) {
        told = end;
    }

    /** {@return the stage that completes with the container's end; a new one after a failed attempt to end it} */
    synchronized CompletableFuture<Optional<Termination>> termination() {
        return termination;
    }

    synchronized void renewFailedTermination() {
        if (termination.isCompletedExceptionally()) {
            termination = new CompletableFuture<>();
        }
    }

    ContainerStatus status() {
        OptionalInt pid = process().map(known -> OptionalInt.of(known.pid())).orElse(OptionalInt.empty());
        return new ContainerStatus(id, stages.state(), stages.since(), pid);
    }
}
