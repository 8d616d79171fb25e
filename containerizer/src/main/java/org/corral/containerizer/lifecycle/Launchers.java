package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;

/** The agent's launcher, and others for containers that an earlier agent launched otherwise. Thread-safe as they are. */
final class Launchers implements Launcher {

    private final Launcher usual;
    private final Map<ContainerId, Launcher> exceptions = new ConcurrentHashMap<>();

    Launchers(Launcher usual) {
        this.usual = usual;
    }

    /** Has another launcher for a container of an earlier agent, until its id is used again. */
    void except(ContainerId id, Launcher its) {
        exceptions.put(id, its);
    }

    private Launcher of(ContainerId id) {
        return exceptions.getOrDefault(id, usual);
    }

    @Override
    public String name() {
        return usual.name();
    }

    @Override
    public Optional<ContainerProcess> recover(RecoveredContainer container) throws IOException {
        return of(container.id()).recover(container);
    }

    @Override
    public Set<ContainerId> findAll() throws IOException {
        return usual.findAll();
    }

    @Override
    public GatedProcess fork(ContainerId id, LaunchRequest request, Contribution contribution) throws LaunchException {
        exceptions.remove(id);
        return usual.fork(id, request, contribution);
    }

    @Override
    public GatedProcess forkBeside(
            ContainerId id, ContainerProcess first, LaunchRequest request, Contribution contribution)
            throws LaunchException {
        return usual.forkBeside(id, first, request, contribution);
    }

    @Override
    public void destroy(ContainerId id, Duration timeout) throws IOException {
        of(id).destroy(id, timeout);
    }
}
