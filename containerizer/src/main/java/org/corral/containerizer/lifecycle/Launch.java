package org.corral.containerizer.lifecycle;

import java.io.IOException;
import org.corral.core.ContainerState;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;

/**
 * One launch, stage by stage: prepare, fork, write down the pid, isolate, run what isolators want to be run before, release.
 * Confined to one thread.
 */
final class Launch {

    private final Launcher launcher;
    private final IsolatorStack isolators;
    private final CheckpointWriter checkpoints;
    private final PreExec preExec;
    private final Container container;
    private final LaunchRequest request;

    Launch(
            Launcher launcher,
            IsolatorStack isolators,
            CheckpointWriter checkpoints,
            Activities activities,
            Container container,
            LaunchRequest request) {
        this.launcher = launcher;
        this.isolators = isolators;
        this.checkpoints = checkpoints;
        this.preExec = new PreExec(launcher, activities, checkpoints.directoryOf(container.id()));
        this.container = container;
        this.request = request;
    }

    /** Runs it; what was made stays where it is when it fails, for the caller to undo. */
    void run() throws LaunchException {
        try {
            enter(ContainerState.PREPARING);
            Contribution contribution = isolators.prepare(container.id(), request);
            enter(ContainerState.ISOLATING);
            GatedProcess process = launcher.fork(container.id(), request, contribution);
            container.setProcess(process);
            isolateAndRelease(process, contribution);
        } catch (LaunchException e) {
            throw e;
        } catch (IOException e) {
            throw new LaunchException(LaunchException.Kind.FAILED, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new LaunchException(LaunchException.Kind.FAILED, e.toString(), e);
        }
    }

    private void isolateAndRelease(GatedProcess process, Contribution contribution) throws IOException {
        try {
            checkpoints.recordInit(container.id(), process.pid());
            isolators.isolate(container.id(), process.pid());
            preExec.run(container, process, contribution);
            enter(ContainerState.RUNNING);
            container.markReleased();
            process.release();
        } catch (IOException | RuntimeException e) {
            process.abort();
            throw e;
        }
    }

    private void enter(ContainerState next) throws LaunchException {
        if (!container.enter(next)) {
            throw new LaunchException(
                    LaunchException.Kind.FAILED,
                    "container " + container.id() + " was destroyed before it reached " + next);
        }
    }
}
