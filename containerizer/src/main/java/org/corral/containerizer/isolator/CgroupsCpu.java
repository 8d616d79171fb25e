package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.controller.CpuBandwidth;
import org.corral.cgroup.controller.CpuController;
import org.corral.cgroup.controller.CpuacctController;
import org.corral.cgroup.controller.Weights;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.limit.LimitPlan;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.LimitChange;
import org.corral.core.isolator.ResourceUpdate;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;

/**
 * {@code cgroups/cpu}: a share of the CPUs (1024 for each, at least 2), and where a limit is asked for a quota. Without
 * one there is no quota: it makes tail latency worse, also for containers that stay below it on average.
 */
public final class CgroupsCpu extends ControllerIsolator {

    private final Duration period;

    /**
     * Makes it.
     *
     * @param period of the quota, 1 ms to 1 s
     */
    public CgroupsCpu(ContainerCgroups cgroups, Duration period) {
        super("cgroups/cpu", cgroups, Controller.CPU);
        this.period = period;
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        PlannedLimits.launch(cgroups(), id, plan -> fill(plan, request.resources()));
        return Contribution.NONE;
    }

    @Override
    public LimitChange plan(ContainerId id, ResourceUpdate update) throws IOException {
        return PlannedLimits.of(cgroups(), id, plan -> fill(plan, update.wanted()));
    }

    private void fill(LimitPlan plan, Resources wanted) {
        wanted.cpus().ifPresent(cpus -> plan.cpuShares(Weights.sharesOf(cpus)));
        wanted.cpuLimit().ifPresent(limit -> plan.cpuBandwidth(CpuBandwidth.of(limit, period)));
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        Cgroup cgroup = cgroup(id);
        ContainerUsage usage = ContainerUsage.nothing(Instant.now());
        Optional<ControlFiles> accounting = cgroup.files(Controller.CPUACCT);
        if (accounting.isEmpty()) {
            return usage.without("cpu", "controller cpuacct is bound to no hierarchy");
        }
        CpuUsage time = CpuacctController.of(accounting.get()).usage();
        ControlFiles cpu = Bound.files(cgroup, Controller.CPU);
        return usage.with(CpuController.of(cpu).throttling().addTo(time));
    }
}
