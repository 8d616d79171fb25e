package org.corral.benchmarks;

import java.util.Set;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.Controller;

/** Which hierarchies the cgroups of a benchmark are in: to move a process into one more costs more than all else of a launch. */
public enum Hierarchies {
    /** Those of cpu, cpuacct, memory, pids and freezer. */
    FIVE,
    /** All that the host has. */
    ALL;

    private static final Set<Controller> OF_FIVE =
            Set.of(Controller.CPU, Controller.CPUACCT, Controller.MEMORY, Controller.PIDS, Controller.FREEZER);

    CgroupLayout of(CgroupLayout host) {
        return this == ALL ? host : host.only(OF_FIVE);
    }
}
