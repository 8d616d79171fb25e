package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.Launcher;
import org.corral.core.usage.ContainerUsage;

/**
 * The end of a container: all of its processes, then what it used and why it ended, then its traces. What fails can be
 * done again. The caller holds the container's turn.
 */
final class Ending {

    static final Duration LAST_PROCESS = Duration.ofSeconds(60);

    private static final int SIGKILL = 9;

    private final Launcher launcher;
    private final IsolatorStack isolators;
    private final StateStore store;
    private final CheckpointWriter checkpoints;

    Ending(Launcher launcher, IsolatorStack isolators, StateStore store, CheckpointWriter checkpoints) {
        this.launcher = launcher;
        this.isolators = isolators;
        this.store = store;
        this.checkpoints = checkpoints;
    }

    /** Ends a container and tells its end. The counters of its limits are read before they are removed. */
    Termination end(Container container) throws IOException {
        ContainerId id = container.id();
        Duration wall = container.wall();
        container
                .endReason()
                .filter(reason -> reason != TerminationReason.LIMITATION)
                .ifPresent(reason -> checkpoints.recordWish(id, reason));
        launcher.destroy(id, LAST_PROCESS);
        Optional<Termination> told = container.told();
        Termination termination = told.isPresent() ? told.get() : findOut(container, wall);
        container.remember(termination);
        removeTraces(id);
        return termination;
    }

    /** Who listens hears of the exit once its causes are told; what was used is read meanwhile. */
    private Termination findOut(Container container, Duration wall) throws IOException {
        ContainerId id = container.id();
        Optional<ExitStatus> status = statusOf(container);
        isolators.limitations(id).forEach(container::addLimitation);
        container.tellExited(status);
        ContainerUsage usage = isolators.usage(id);
        return new Termination(id, reasonOf(container, status), status, container.limitations(), usage, wall);
    }

    /**
     * Undoes a launch that failed at any stage. Traces are removed only once no process is left.
     *
     * @return what to tell who asked for the container's end meanwhile, empty if nobody did
     */
    Optional<Termination> undo(Container container) throws IOException {
        ContainerId id = container.id();
        launcher.destroy(id, LAST_PROCESS);
        removeTraces(id);
        return container
                .endReason()
                .map(reason -> new Termination(
                        id,
                        reason,
                        Optional.empty(),
                        container.limitations(),
                        ContainerUsage.nothing(Instant.now()),
                        Duration.ZERO));
    }

    /** Undoes a launch that an earlier agent began: its process may not have come into the container's cgroup. */
    Optional<Termination> dismiss(Container container) throws IOException {
        Optional<ContainerProcess> process = container.process();
        if (process.isPresent()) {
            process.get().signal(SIGKILL);
        }
        return undo(container);
    }

    private void removeTraces(ContainerId id) throws IOException {
        isolators.cleanup(id);
        store.remove(id);
    }

    private static Optional<ExitStatus> statusOf(Container container) throws IOException {
        Optional<ContainerProcess> process = container.process();
        if (process.isEmpty()) {
            return Optional.empty();
        }
        try {
            return process.get().exit().toCompletableFuture().get(LAST_PROCESS.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException(
                    "pid " + process.get().pid() + " of container " + container.id() + " does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while container " + container.id() + " ended", e);
        }
    }

    private TerminationReason reasonOf(Container container, Optional<ExitStatus> status) {
        List<Limitation> limitations = container.limitations();
        Optional<TerminationReason> asked = container.endReason().or(() -> checkpoints.wish(container.id()));
        if (asked.isPresent()) {
            return asked.get();
        }
        if (!limitations.isEmpty()) {
            return TerminationReason.LIMITATION;
        }
        return status.filter(ExitStatus.Signaled.class::isInstance).isPresent()
                ? TerminationReason.SIGNALED
                : TerminationReason.EXITED;
    }
}
