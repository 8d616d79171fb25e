package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerState;
import org.corral.core.NestedContainerException;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.Launcher;
import org.corral.linux.Linux;
import org.corral.linux.process.Gate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the containers of agents that are gone. Those of an agent that still runs are left alone. What cannot be
 * taken over is logged and stays as it is, never fatal.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Linux linux;
    private final Launcher launcher;
    private final IsolatorStack isolators;
    private final StateStore store;
    private final CheckpointWriter checkpoints;
    private final Consumer<? super ContainerEvent> events;

    Recovery(
            Linux linux,
            Launcher launcher,
            IsolatorStack isolators,
            StateStore store,
            CheckpointWriter checkpoints,
            Consumer<? super ContainerEvent> events) {
        this.linux = linux;
        this.launcher = launcher;
        this.isolators = isolators;
        this.store = store;
        this.checkpoints = checkpoints;
        this.events = events;
    }

    /** {@return the containers that run; those that ended meanwhile were removed} */
    List<Container> run(Ending ending) throws IOException {
        List<Container> running = new ArrayList<>();
        for (Checkpoint checkpoint : store.list()) {
            try {
                if (!checkpoint.isOwned(linux)) {
                    takeOver(checkpoint, ending).ifPresent(running::add);
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("container {} could not be taken over", checkpoint.id(), e);
            }
        }
        return running;
    }

    private Optional<Container> takeOver(Checkpoint checkpoint, Ending ending) throws IOException {
        if (checkpoint.id().parent().isPresent()) {
            throw new NestedContainerException(checkpoint.id()); // of a release that knows them
        }
        OptionalInt pid = wasSentAway(checkpoint) ? OptionalInt.empty() : pidOf(checkpoint);
        RecoveredContainer recovered = new RecoveredContainer(checkpoint.id(), pid, checkpoint.resources());
        isolators.recover(recovered);
        Optional<ContainerProcess> process = launcher.recover(recovered);
        Container container = new Container(checkpoint.id(), checkpoint.resources(), ContainerState.RUNNING, events);
        if (process.isEmpty()) {
            ending.undo(container);
            return Optional.empty();
        }
        container.setProcess(process.get());
        store.save(checkpoint.withOwner(checkpoints.owner()));
        return Optional.of(container);
    }

    /**
     * A process that waits at a gate of a dead agent has not run its command, and never shall. {@return whether one did}
     * It is on its way out then, though it may be seen for a moment more.
     */
    private boolean wasSentAway(Checkpoint checkpoint) throws IOException {
        Gate gate = Gate.existing(linux, store.directoryOf(checkpoint.id()));
        gate.forbid();
        boolean waited = gate.tryOpen();
        gate.remove();
        return waited;
    }

    private OptionalInt pidOf(Checkpoint checkpoint) throws IOException {
        return checkpoint
                .livingInit(linux)
                .map(init -> OptionalInt.of(init.pid()))
                .orElse(OptionalInt.empty());
    }
}
