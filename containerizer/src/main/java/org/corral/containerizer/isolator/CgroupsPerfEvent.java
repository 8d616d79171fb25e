package org.corral.containerizer.isolator;

import java.io.IOException;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;

/**
 * {@code cgroups/perf_event}: sees to it that the container is a cgroup of perf_event, so that perf(1) can be pointed at it
 * ({@code perf stat -a -G corral/ID}). Measures nothing itself.
 */
public final class CgroupsPerfEvent extends ControllerIsolator {

    /** Makes it. */
    public CgroupsPerfEvent(ContainerCgroups cgroups) {
        super("cgroups/perf_event", cgroups, Controller.PERF_EVENT);
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        files(id);
        return Contribution.NONE;
    }
}
