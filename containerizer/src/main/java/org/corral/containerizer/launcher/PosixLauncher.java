package org.corral.containerizer.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;
import org.corral.linux.Linux;

/**
 * {@code posix}: for hosts where cgroups cannot be used. Ends the first process, its descendants and its session; a
 * process that left its session after its parent had ended is not found.
 */
public final class PosixLauncher implements Launcher {

    private final Linux linux;
    private final Forker forker;
    private final Map<ContainerId, ProcessIdentity> inits = new ConcurrentHashMap<>();

    /** Makes it. */
    public PosixLauncher(Linux linux, Forker forker) {
        this.linux = linux;
        this.forker = forker;
    }

    @Override
    public String name() {
        return "posix";
    }

    @Override
    public Optional<ContainerProcess> recover(RecoveredContainer container) throws IOException {
        Optional<ProcessIdentity> written = forker.written(container.id());
        written.ifPresent(init -> inits.put(container.id(), init)); // its session may go on without it
        Optional<ContainerProcess> process = forker.adopt(container);
        if (written.isEmpty() && process.isPresent()) {
            remember(container.id(), process.get().pid());
        }
        return process;
    }

    @Override
    public GatedProcess fork(ContainerId id, LaunchRequest request, Contribution contribution) throws LaunchException {
        GatedProcess process = forker.fork(id, request, contribution, Optional.empty());
        try {
            remember(id, process.pid());
            return process;
        } catch (IOException e) {
            process.abort();
            throw new LaunchException(
                    LaunchException.Kind.FAILED, "the process made for container " + id + " is not in /proc", e);
        }
    }

    /** Who outlives it, and left its session, is not found when the container ends. */
    @Override
    public GatedProcess forkBeside(
            ContainerId id, ContainerProcess first, LaunchRequest request, Contribution contribution)
            throws LaunchException {
        return forker.forkBeside(id, first, request, contribution, Optional.empty());
    }

    private void remember(ContainerId id, int pid) throws IOException {
        ProcessIdentity.of(linux, pid).ifPresent(init -> inits.put(id, init));
    }

    @Override
    public void destroy(ContainerId id, Duration timeout) throws IOException {
        ProcessIdentity init = inits.get(id);
        if (init == null) {
            return;
        }
        new TreeKill(linux).kill(init, timeout, "container " + id);
        inits.remove(id);
    }
}
