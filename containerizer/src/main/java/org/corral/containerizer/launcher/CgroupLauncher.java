package org.corral.containerizer.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;

/**
 * {@code cgroups}: ends whatever is in the container's cgroup, so no process escapes by forking, by leaving its session
 * or by outliving its parent. Of a container of an earlier agent also what was moved out of its cgroup since, as far as
 * {@link PosixLauncher} finds it.
 */
public final class CgroupLauncher implements Launcher {

    private final Forker forker;
    private final ContainerCgroups cgroups;
    private final PosixLauncher outside;

    /** Makes it for the cgroups it shares with the isolators. */
    public CgroupLauncher(Forker forker, ContainerCgroups cgroups) {
        this.forker = forker;
        this.cgroups = cgroups;
        this.outside = new PosixLauncher(forker.linux(), forker);
    }

    @Override
    public String name() {
        return "cgroups";
    }

    @Override
    public Optional<ContainerProcess> recover(RecoveredContainer container) throws IOException {
        cgroups.adopt(container.id());
        return outside.recover(container);
    }

    @Override
    public Set<ContainerId> findAll() throws IOException {
        return cgroups.findAll();
    }

    @Override
    public GatedProcess fork(ContainerId id, LaunchRequest request, Contribution contribution) throws LaunchException {
        return forker.fork(id, request, contribution, cgroups.find(id).flatMap(Cgroup::birthplace));
    }

    @Override
    public GatedProcess forkBeside(
            ContainerId id, ContainerProcess first, LaunchRequest request, Contribution contribution)
            throws LaunchException {
        Optional<Cgroup> cgroup = cgroups.find(id);
        GatedProcess process = forker.forkBeside(id, first, request, contribution, cgroup.flatMap(Cgroup::birthplace));
        try {
            if (cgroup.isPresent()) {
                cgroup.get().attach(process.pid());
            }
            return process;
        } catch (IOException e) {
            process.abort();
            throw new LaunchException(
                    LaunchException.Kind.FAILED,
                    "pid " + process.pid() + " could not be put into container " + id + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void destroy(ContainerId id, Duration timeout) throws IOException {
        Optional<Cgroup> cgroup = cgroups.find(id);
        if (cgroup.isPresent()) {
            cgroup.get().killAll(timeout);
        }
        outside.destroy(id, timeout);
    }
}
