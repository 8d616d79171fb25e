package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.PidsController;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.usage.ContainerUsage;

/** {@code cgroups/pids}: how many processes and threads there may be; beyond it {@code fork} fails with EAGAIN. */
public final class CgroupsPids implements Isolator {

    private final ContainerCgroups cgroups;

    /** Makes it. */
    public CgroupsPids(ContainerCgroups cgroups) {
        this.cgroups = cgroups;
    }

    @Override
    public String name() {
        return "cgroups/pids";
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        update(id, request.resources());
        return Contribution.NONE;
    }

    @Override
    public void update(ContainerId id, Resources resources) throws IOException {
        if (resources.pids().isPresent()) {
            Outcomes.require(pids(id).setMax(Limit.of(resources.pids().getAsLong())));
        }
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        return ContainerUsage.nothing(Instant.now()).with(pids(id).usage());
    }

    private PidsController pids(ContainerId id) throws IOException {
        return PidsController.of(Bound.files(cgroups.get(id), Controller.PIDS));
    }

    /** Nothing is left but the cgroup, which is not this isolator's. */
    @Override
    public void cleanup(ContainerId id) {}
}
