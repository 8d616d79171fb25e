package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.corral.containerizer.lifecycle.Turns.Turn;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ContainerStatus;
import org.corral.core.Containerizer;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.UnknownContainerException;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.Isolator;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containerizer: composes one launcher and a list of isolators.
 *
 * <p>A container's end is worked off by the executor, whoever notices it first: its exit, a limitation, a call of
 * {@link #destroy}. Thread-safe.
 */
@SuppressWarnings("try") // a turn is held, not called
public final class CorralContainerizer implements Containerizer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CorralContainerizer.class);

    /** How long a recovery waits for what it removes. */
    private static final Duration SWEEPING = Duration.ofSeconds(10);

    private final ConcurrentMap<ContainerId, Container> containers = new ConcurrentHashMap<>();
    private final RecentEnds ends = new RecentEnds();
    private final Activities activities = new Activities();
    private final StageWatchdog watchdog = new StageWatchdog(Duration.ofSeconds(30), Instant::now);
    private final Launchers launchers;
    private final IsolatorStack isolators;
    private final CheckpointWriter checkpoints;
    private final Ending ending;
    private final Recovery recovery;
    private final Executor workers;
    private final Consumer<? super ContainerEvent> events;
    private final Turns turns = new Turns(this::letGo);

    /**
     * Makes a containerizer without containers.
     *
     * @param containment how containers are made and limited
     * @param store where they are written down
     * @param workers runs the ends of containers; each may block for as long as a process takes to die, so its threads
     *     should not be few
     * @param events told of all that happens; must not block
     * @throws IOException if {@code /proc} does not tell who we are
     */
    public CorralContainerizer(
            Linux linux,
            Containment containment,
            StateStore store,
            Executor workers,
            Consumer<? super ContainerEvent> events)
            throws IOException {
        this(linux, containment, isolation -> containment, store, workers, events);
    }

    /**
     * Makes a containerizer without containers.
     *
     * @param others for containers found that were launched otherwise
     */
    public CorralContainerizer(
            Linux linux,
            Containment containment,
            Containments others,
            StateStore store,
            Executor workers,
            Consumer<? super ContainerEvent> events)
            throws IOException {
        Containment own = noted(containment);
        this.launchers = new Launchers(own.launcher());
        this.isolators = new IsolatorStack(own.isolators());
        this.workers = workers;
        this.events = events;
        this.checkpoints = new CheckpointWriter(linux, store, own.root(), own.names());
        this.ending = new Ending(launchers, isolators, store, checkpoints);
        Inheritance inheritance = new Inheritance(own, isolation -> noted(others.of(isolation)), launchers, isolators);
        this.recovery = new Recovery(linux, launchers, isolators, inheritance, store, checkpoints, events);
    }

    /** {@return the same, with a note of what is done at any moment} */
    private Containment noted(Containment containment) {
        List<Isolator> isolators = containment.isolators().stream()
                .<Isolator>map(isolator -> new NotedIsolator(isolator, activities))
                .toList();
        return new Containment(
                new NotedLauncher(containment.launcher(), activities),
                isolators,
                containment.names(),
                containment.root(),
                containment.remarks());
    }

    @Override
    public Set<ContainerId> recover() throws IOException {
        Findings found = recovery.run();
        found.all().forEach(container -> containers.put(container.id(), container));
        for (Container container : found.running()) {
            container.process().ifPresent(process -> superviseRunning(container, process));
        }
        endAll(found);
        workers.execute(() -> recovery.strays().forEach(this::dismissStray));
        return found.running().stream().map(Container::id).collect(Collectors.toUnmodifiableSet());
    }

    /** What takes longer than usual, as with processes that do not die, goes on while others are launched. */
    private void endAll(Findings found) {
        found.unwanted().forEach(container -> destroy(container.id()));
        CompletableFuture<?>[] ends = Stream.concat(
                        found.ended().stream().map(container -> runLater(() -> end(container))),
                        found.unfinished().stream().map(container -> runLater(() -> dismiss(container))))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, SWEEPING.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private CompletableFuture<Void> runLater(Runnable work) {
        return CompletableFuture.runAsync(work, workers);
    }

    private void dismissStray(Container container) {
        if (containers.putIfAbsent(container.id(), container) == null) {
            dismiss(container);
        }
    }

    /** Undoes the launch that an earlier agent did not finish. */
    private void dismiss(Container container) {
        try (Turn turn = turns.take(container)) {
            container.enter(ContainerState.DESTROYING);
            forget(container, ending.dismiss(container));
        } catch (IOException | RuntimeException e) {
            LOG.warn("what is left of container {} cannot be removed: destroy it", container.id(), e);
            container.termination().completeExceptionally(e);
        }
    }

    @Override
    public LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException {
        if (id.parent().isPresent()) {
            return LaunchOutcome.NOT_SUPPORTED;
        }
        Container container = new Container(id, request.resources(), ContainerState.STARTING, events);
        try (Turn turn = turns.take(container)) {
            if (containers.putIfAbsent(id, container) != null) {
                return LaunchOutcome.ALREADY_LAUNCHED;
            }
            if (!claim(container, request)) {
                return LaunchOutcome.ALREADY_LAUNCHED;
            }
            ends.forget(id);
            container.tellState();
            launch(container, request);
            return LaunchOutcome.LAUNCHED;
        }
    }

    /** Another agent may have a container of that name. */
    private boolean claim(Container container, LaunchRequest request) throws LaunchException {
        boolean claimed = false;
        try {
            claimed = checkpoints.claim(container.id(), request);
            return claimed;
        } catch (IOException e) {
            throw new LaunchException(LaunchException.Kind.FAILED, String.valueOf(e.getMessage()), e);
        } finally {
            if (!claimed) { // of which nobody was told
                containers.remove(container.id(), container);
                container.termination().complete(Optional.empty());
            }
        }
    }

    private void launch(Container container, LaunchRequest request) throws LaunchException {
        try {
            new Launch(launchers, isolators, checkpoints, activities, container, request).run();
        } catch (LaunchException e) {
            undo(container, e);
            throw e;
        }
        container.process().ifPresent(process -> superviseRunning(container, process));
    }

    /** What could not be undone stays known, so that it can be destroyed again. */
    private void undo(Container container, LaunchException cause) {
        container.enter(ContainerState.DESTROYING);
        try {
            forget(container, ending.undo(container));
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
            container.termination().completeExceptionally(e);
        }
    }

    /** The end is added first, so that whoever no longer finds the container finds its end. */
    private void forget(Container container, Optional<Termination> termination) {
        termination.ifPresent(ends::add);
        containers.remove(container.id(), container);
        container.gone(termination);
    }

    /** Where an exit cannot be noticed any more, as after the poller was closed, the container goes on. */
    private void superviseRunning(Container container, ContainerProcess process) {
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

    private void end(Container container) {
        try (Turn turn = turns.take(container)) {
            if (containers.get(container.id()) != container) {
                return; // ended already, by whoever noticed first
            }
            container.enter(ContainerState.DESTROYING);
            forget(container, Optional.of(ending.end(container)));
        } catch (IOException | RuntimeException e) {
            container.termination().completeExceptionally(e);
        }
    }

    @Override
    public boolean update(ContainerId id, Resources resources) throws IOException {
        Container container = containers.get(id);
        if (container == null) {
            return false;
        }
        try (Turn turn = turns.take(container)) {
            if (container.state() == ContainerState.RUNNING) {
                Resources totals = resources.orElse(container.resources());
                isolators.update(id, totals);
                container.setResources(totals);
                checkpoints.recordResources(id, totals);
            }
            return containers.get(id) == container; // its launch may have failed while this waited
        }
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        Container container = known(id);
        try (Turn turn = turns.take(container)) {
            known(id); // it may have ended while this waited
            return isolators.usage(id);
        }
    }

    @Override
    public ContainerStatus status(ContainerId id) throws IOException {
        return statusOf(known(id)).withDetails(isolators.status(id));
    }

    private ContainerStatus statusOf(Container container) {
        return container.status().withActivity(activities.of(container.id()));
    }

    /** Warns of containers that hang in a stage. To be called now and then, every few seconds. */
    public void warnOfHanging() {
        watchdog.look(containers.values().stream().map(this::statusOf).toList());
    }

    @Override
    public CompletionStage<Optional<Termination>> wait(ContainerId id) {
        Container container = containers.get(id);
        return container == null
                ? CompletableFuture.completedFuture(ends.find(id))
                : container.termination().copy();
    }

    @Override
    public boolean kill(ContainerId id, int signal) throws IOException {
        Container container = containers.get(id);
        Optional<ContainerProcess> process = container == null ? Optional.empty() : container.process();
        return process.isPresent() && process.get().signal(signal);
    }

    @Override
    public CompletionStage<Optional<Termination>> destroy(ContainerId id, TerminationReason reason) {
        Container container = containers.get(id);
        if (container == null) {
            return CompletableFuture.completedFuture(ends.find(id));
        }
        container.requestEnd(reason);
        container.renewFailedTermination();
        container.enter(ContainerState.DESTROYING);
        CompletionStage<Optional<Termination>> termination =
                container.termination().copy();
        workers.execute(() -> end(container));
        return termination;
    }

    @Override
    public Set<ContainerId> containers() {
        return Set.copyOf(containers.keySet());
    }

    /** Lets go of all containers, which go on; one that is ending just now is let go of if its end fails. */
    @Override
    public void close() {
        turns.letGo(containers.values());
    }

    private void letGo(Container container) {
        if (containers.get(container.id()) == container) {
            isolators.release(container.id());
            checkpoints.giveUp(container.id());
        }
    }

    private Container known(ContainerId id) throws UnknownContainerException {
        Container container = containers.get(id);
        if (container == null) {
            throw new UnknownContainerException(id);
        }
        return container;
    }
}
