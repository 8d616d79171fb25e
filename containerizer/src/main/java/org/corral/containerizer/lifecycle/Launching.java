package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.corral.containerizer.count.LifeCounts;
import org.corral.containerizer.lifecycle.Turns.Turn;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.event.ContainerEvent;
import org.corral.core.launcher.Launcher;
import org.corral.linux.FdBudget;

/** Launches containers: takes the id, runs the {@link Launch}, and undoes one that fails. Thread-safe. */
@SuppressWarnings("try") // a turn is held, not called
final class Launching {

    private final FdBudget descriptors;
    private final Roster<Container> containers;
    private final Turns turns;
    private final Launcher launcher;
    private final IsolatorStack isolators;
    private final CheckpointWriter checkpoints;
    private final Activities activities;
    private final Ending ending;
    private final Supervision supervision;
    private final LifeCounts counts;
    private final Consumer<? super ContainerEvent> events;

    Launching(
            FdBudget descriptors,
            Roster<Container> containers,
            Turns turns,
            Launcher launcher,
            IsolatorStack isolators,
            CheckpointWriter checkpoints,
            Activities activities,
            Ending ending,
            Supervision supervision,
            LifeCounts counts,
            Consumer<? super ContainerEvent> events) {
        this.descriptors = descriptors;
        this.containers = containers;
        this.turns = turns;
        this.launcher = launcher;
        this.isolators = isolators;
        this.checkpoints = checkpoints;
        this.activities = activities;
        this.ending = ending;
        this.supervision = supervision;
        this.counts = counts;
        this.events = events;
    }

    LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException {
        Container container = new Container(id, request.resources(), ContainerState.STARTING, events);
        LaunchRecord record = LaunchRecord.begin(counts, container, request);
        try (Turn turn = turns.take(container)) {
            if (!containers.enter(id, container) || !claim(container, request)) {
                return LaunchOutcome.ALREADY_LAUNCHED;
            }
            containers.forgetEnd(id);
            container.tellState();
            launch(container, request);
            record.succeeded();
            supervision.begin(container);
            return LaunchOutcome.LAUNCHED;
        } catch (LaunchException e) {
            record.failed(e);
            throw e;
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
                containers.withdraw(container.id(), container);
                container.termination().complete(Optional.empty());
            }
        }
    }

    private void launch(Container container, LaunchRequest request) throws LaunchException {
        descriptors.makeRoom();
        try {
            new Launch(launcher, isolators, checkpoints, activities, container, request).run();
        } catch (LaunchException e) {
            undo(container, e);
            throw e;
        }
    }

    /** What could not be undone stays known, so that it can be destroyed again. */
    private void undo(Container container, LaunchException cause) {
        container.enter(ContainerState.DESTROYING);
        try {
            supervision.forget(container, ending.undo(container));
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
            container.termination().completeExceptionally(e);
        }
    }
}
