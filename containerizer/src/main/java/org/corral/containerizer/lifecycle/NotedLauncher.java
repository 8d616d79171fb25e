package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.corral.containerizer.lifecycle.Activities.Note;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;

/** A launcher of which is noted what it is doing. */
@SuppressWarnings("try") // a note is held, not called
record NotedLauncher(Launcher launcher, Activities activities) implements Launcher {

    @Override
    public String name() {
        return launcher.name();
    }

    @Override
    public Optional<ContainerProcess> recover(RecoveredContainer container) throws IOException {
        return launcher.recover(container);
    }

    @Override
    public Set<ContainerId> findAll() throws IOException {
        return launcher.findAll();
    }

    @Override
    public GatedProcess fork(ContainerId id, LaunchRequest request, Contribution contribution) throws LaunchException {
        try (Note note = activities.begin(id, "fork of its first process")) {
            return launcher.fork(id, request, contribution);
        }
    }

    @Override
    public GatedProcess forkBeside(
            ContainerId id, ContainerProcess first, LaunchRequest request, Contribution contribution)
            throws LaunchException {
        return launcher.forkBeside(id, first, request, contribution);
    }

    @Override
    public void destroy(ContainerId id, Duration timeout) throws IOException {
        try (Note note = activities.begin(id, "wait for the end of its last process")) {
            launcher.destroy(id, timeout);
        }
    }
}
