package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.Map;
import org.corral.core.ContainerState;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;

/** One launch, stage by stage: prepare, fork, write down the pid, isolate, release. Confined to one thread. */
final class Launch {

    private final Launcher launcher;
    private final IsolatorStack isolators;
    private final CheckpointWriter checkpoints;
    private final Container container;
    private final LaunchRequest request;

    Launch(
            Launcher launcher,
            IsolatorStack isolators,
            CheckpointWriter checkpoints,
            Container container,
            LaunchRequest request) {
        this.launcher = launcher;
        this.isolators = isolators;
        this.checkpoints = checkpoints;
        this.container = container;
        this.request = request;
    }

    /** Runs it; what was made stays where it is when it fails, for the caller to undo. */
    void run() throws LaunchException {
        try {
            enter(ContainerState.PREPARING);
            Map<String, String> environment = isolators.prepare(container.id(), request);
            enter(ContainerState.ISOLATING);
            GatedProcess process = launcher.fork(container.id(), request, environment);
            container.setProcess(process);
            isolateAndRelease(process);
        } catch (LaunchException e) {
            throw e;
        } catch (IOException e) {
            throw new LaunchException(LaunchException.Kind.FAILED, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new LaunchException(LaunchException.Kind.FAILED, e.toString(), e);
        }
    }

    private void isolateAndRelease(GatedProcess process) throws IOException {
        try {
            checkpoints.recordInit(container.id(), process.pid());
            isolators.isolate(container.id(), process.pid());
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
