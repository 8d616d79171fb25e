package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.usage.ContainerUsage;

/**
 * {@code cgroups/membership}: makes the container's cgroup, puts its first process in, and removes the cgroup. Comes
 * before all other isolators of cgroups, so that these find it, and cleans up after them.
 */
public final class CgroupMembership implements Isolator {

    private static final Duration LAST_USE = Duration.ofSeconds(60);

    private final ContainerCgroups cgroups;

    /** Makes it for the cgroups it shares with the other isolators. */
    public CgroupMembership(ContainerCgroups cgroups) {
        this.cgroups = cgroups;
    }

    @Override
    public String name() {
        return "cgroups/membership";
    }

    @Override
    public void recover(RecoveredContainer container) throws IOException {
        cgroups.adopt(container.id());
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        cgroups.create(id);
        return Contribution.NONE;
    }

    @Override
    public void isolate(ContainerId id, int pid) throws IOException {
        cgroups.get(id).attach(pid);
    }

    @Override
    public ContainerUsage usage(ContainerId id) {
        return ContainerUsage.nothing(Instant.now());
    }

    @Override
    public void cleanup(ContainerId id) throws IOException {
        cgroups.delete(id, LAST_USE);
    }

    @Override
    public void release(ContainerId id) {
        cgroups.close(id);
    }
}
