package org.corral.containerizer.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ContainerStatus;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.event.ContainerEvent;
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
    private final Consumer<? super ContainerEvent> events;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Limitation> limitations = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> unwanted = new CompletableFuture<>();
    private Resources resources;
    private @Nullable ContainerProcess process;
    private long releasedNanos = System.nanoTime();
    private @Nullable TerminationReason endReason;
    private @Nullable Termination told;
    private CompletableFuture<Optional<Termination>> termination = new CompletableFuture<>();

    Container(ContainerId id, Resources resources, ContainerState initial, Consumer<? super ContainerEvent> events) {
        this.id = id;
        this.resources = resources;
        this.stages = new StateMachine(initial);
        this.events = events;
    }

    ContainerId id() {
        return id;
    }

    ContainerState state() {
        return stages.state();
    }

    /** {@return how long it was in that stage, until now if it still is; zero if it never was} */
    Duration spentIn(ContainerState stage) {
        return stages.spentIn(stage);
    }

    /** {@return the last stage that it was in before its end began} */
    ContainerState reached() {
        return stages.reached();
    }

    /** {@return whether it is in that stage now, and was not before} Then all are told, in the order of the stages. */
    synchronized boolean enter(ContainerState next) {
        boolean entered = stages.advance(next);
        if (entered) {
            tellState();
        }
        if (next == ContainerState.DESTROYING) {
            unwanted.complete(null);
        }
        return entered;
    }

    /** Tells all in which stage it is. */
    synchronized void tellState() {
        events.accept(new ContainerEvent.StateChanged(id, stages.since(), stages.state()));
    }

    /** {@return what completes when the container is to end} */
    CompletableFuture<@Nullable Void> unwanted() {
        return unwanted;
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

    /** For one that an earlier agent launched. */
    synchronized void markReleased(Instant then) {
        releasedNanos = System.nanoTime()
                - Math.max(0, Duration.between(then, Instant.now()).toNanos());
    }

    synchronized Duration wall() {
        return Duration.ofNanos(System.nanoTime() - releasedNanos);
    }

    synchronized void addLimitation(Limitation limitation) {
        if (limitations.stream().noneMatch(known -> known.resource().equals(limitation.resource()))) {
            limitations.add(limitation);
            events.accept(new ContainerEvent.Limited(id, Instant.now(), limitation));
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

    synchronized void remember(Termination end) {
        told = end;
    }

    /** Its processes have ended; to be told before {@link #remember}, once. */
    void tellExited(Optional<ExitStatus> status) {
        events.accept(new ContainerEvent.Exited(id, Instant.now(), status));
    }

    /** It is gone: tells all, and then who waits for it. */
    void gone(Optional<Termination> end) {
        events.accept(new ContainerEvent.Ended(id, Instant.now(), end));
        termination().complete(end);
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
