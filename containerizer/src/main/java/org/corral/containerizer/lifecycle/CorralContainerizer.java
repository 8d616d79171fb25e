package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.corral.containerizer.count.LifeCounts;
import org.corral.containerizer.lifecycle.Turns.Turn;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ContainerStatus;
import org.corral.core.Containerizer;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.ResourceUpdate;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;

/**
 * The containerizer: composes one launcher and a list of isolators.
 *
 * <p>A container's end is worked off by the executor, whoever notices it first: its exit, a limitation, a call of
 * {@link #destroy}. Thread-safe.
 */
@SuppressWarnings("try") // a turn is held, not called
public final class CorralContainerizer implements Containerizer, AutoCloseable {

    private final Roster<Container> containers = new Roster<>(Container::termination);
    private final LifeCounts counts = new LifeCounts();
    private final Activities activities = new Activities();
    private final StageWatchdog watchdog = new StageWatchdog(Duration.ofSeconds(30), Instant::now);
    private final Turns turns = new Turns(this::letGo);
    private final IsolatorStack isolators;
    private final CheckpointWriter checkpoints;
    private final Supervision supervision;
    private final Launching launching;
    private final Takeover takeover;

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
        Launchers launchers = new Launchers(own.launcher());
        this.isolators = new IsolatorStack(own.isolators());
        this.checkpoints = new CheckpointWriter(linux, store, own.root(), own.names());
        Ending ending = new Ending(launchers, isolators, store, checkpoints);
        this.supervision = new Supervision(containers, turns, isolators, ending, counts, workers);
        this.launching = new Launching(
                linux.descriptors(),
                containers,
                turns,
                launchers,
                isolators,
                checkpoints,
                activities,
                ending,
                supervision,
                counts,
                events);
        Inheritance inheritance = new Inheritance(own, isolation -> noted(others.of(isolation)), launchers, isolators);
        Recovery recovery = new Recovery(linux, launchers, isolators, inheritance, store, checkpoints, events);
        this.takeover = new Takeover(recovery, containers, turns, ending, supervision, workers);
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
        return takeover.run();
    }

    @Override
    public LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException {
        return id.parent().isPresent() ? LaunchOutcome.NOT_SUPPORTED : launching.launch(id, request);
    }

    @Override
    public boolean update(ContainerId id, Resources resources, MemoryLowering lowering) throws IOException {
        Optional<Container> container = containers.find(id);
        return container.isPresent() && update(container.get(), resources, lowering);
    }

    private boolean update(Container container, Resources resources, MemoryLowering lowering) throws IOException {
        ContainerId id = container.id();
        try (Turn turn = turns.take(container)) {
            if (container.state() == ContainerState.RUNNING) {
                checkpoints.changeResources(id, container.resources(), before -> {
                    ResourceUpdate update = ResourceUpdate.of(resources, before, lowering);
                    isolators.update(id, update);
                    container.setResources(update.wanted());
                    return update.wanted();
                });
            }
            return containers.has(id, container); // its launch may have failed while this waited
        }
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        try (Turn turn = turns.take(containers.get(id))) {
            containers.get(id); // it may have ended while this waited
            return isolators.usage(id);
        }
    }

    @Override
    public ContainerStatus status(ContainerId id) throws IOException {
        return statusOf(containers.get(id)).withDetails(isolators.status(id));
    }

    private ContainerStatus statusOf(Container container) {
        return container.status().withActivity(activities.of(container.id()));
    }

    /** Warns of containers that hang in a stage. To be called now and then, every few seconds. */
    public void warnOfHanging() {
        watchdog.look(containers.all().stream().map(this::statusOf).toList());
    }

    @Override
    public CompletionStage<Optional<Termination>> wait(ContainerId id) {
        return containers.end(id);
    }

    @Override
    public boolean kill(ContainerId id, int signal) throws IOException {
        Optional<ContainerProcess> process = containers.find(id).flatMap(Container::process);
        return process.isPresent() && process.get().signal(signal);
    }

    @Override
    public CompletionStage<Optional<Termination>> destroy(ContainerId id, TerminationReason reason) {
        Optional<Container> container = containers.find(id);
        return container.isPresent() ? supervision.requestEnd(container.get(), reason) : containers.pastEnd(id);
    }

    @Override
    public Set<ContainerId> containers() {
        return containers.ids();
    }

    /** {@return how its launches and ends turned out until now} */
    public LifeCounts counts() {
        return counts;
    }

    /** Lets go of all containers, which go on; one that is ending just now is let go of if its end fails. */
    @Override
    public void close() {
        turns.letGo(containers.all());
    }

    private void letGo(Container container) {
        if (containers.has(container.id(), container)) {
            isolators.release(container.id());
            checkpoints.giveUp(container.id());
        }
    }
}
