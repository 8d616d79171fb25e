package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.usage.ContainerUsage;

/**
 * {@code cgroups/perf_event}: sees to it that the container is a cgroup of perf_event, so that perf(1) can be pointed at it
 * ({@code perf stat -a -G corral/ID}). Measures nothing itself.
 */
public final class CgroupsPerfEvent implements Isolator {

    private final ContainerCgroups cgroups;

    /** Makes it. */
    public CgroupsPerfEvent(ContainerCgroups cgroups) {
        this.cgroups = cgroups;
    }

    @Override
    public String name() {
        return "cgroups/perf_event";
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        Bound.files(cgroups.get(id), Controller.PERF_EVENT);
        return Contribution.NONE;
    }

    @Override
    public ContainerUsage usage(ContainerId id) {
        return ContainerUsage.nothing(Instant.now());
    }

    /** Nothing is left but the cgroup, which is not this isolator's. */
    @Override
    public void cleanup(ContainerId id) {}
}
