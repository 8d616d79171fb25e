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
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
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
    public void update(ContainerId id, Resources resources) throws IOException {
        CpuController cpu = CpuController.of(files(id));
        if (resources.cpus().isPresent()) {
            Outcomes.require(cpu.setShares(resources.cpus().get()));
        }
        if (resources.cpuLimit().isPresent()) {
            Outcomes.require(
                    cpu.setBandwidth(CpuBandwidth.of(resources.cpuLimit().get(), period)));
        }
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
