package org.corral.benchmarks.peers;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.linux.resources.CGroupsResourceCalculator;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.linux.resources.ResourceHandlerException;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.linux.resources.ResourceHandlerModule;
import org.apache.hadoop.yarn.util.ProcfsBasedProcessTree;
import org.apache.hadoop.yarn.util.ResourceCalculatorProcessTree;
import org.openjdk.jmh.infra.Blackhole;

/** YARN's calculators, made and asked as a NodeManager makes and asks them. */
final class Yarn {

    private static final long CPU_TOLERANCE_MILLIS = 50;

    private Yarn() {}

    /** {@return a reader of its cgroup} YARN finds that by the last name of its path, below a hierarchy that is configured. */
    static ResourceCalculatorProcessTree cgroups(LiveCgroup container) throws YarnException {
        Configuration configuration = new Configuration(false);
        configuration.setBoolean(YarnConfiguration.NM_MEMORY_RESOURCE_ENABLED, true);
        configuration.set(
                YarnConfiguration.NM_LINUX_CONTAINER_CGROUPS_HIERARCHY,
                container.cgroup().path().parent().toString());
        try {
            ResourceHandlerModule.initMemoryResourceHandler(configuration);
        } catch (ResourceHandlerException e) {
            throw new YarnException("YARN cannot use the cgroups of this host", e);
        }
        return calculator(container, CGroupsResourceCalculator.class, configuration);
    }

    /** {@return a reader of its processes} */
    static ResourceCalculatorProcessTree procfs(LiveCgroup container) {
        return calculator(container, ProcfsBasedProcessTree.class, new Configuration(false));
    }

    private static ResourceCalculatorProcessTree calculator(
            LiveCgroup container,
            Class<? extends ResourceCalculatorProcessTree> calculator,
            Configuration configuration) {
        return ResourceCalculatorProcessTree.getResourceCalculatorProcessTree(
                Integer.toString(container.firstPid()), calculator, configuration);
    }

    /** Does what {@code ContainersMonitorImpl} does for each container each time. */
    static void ask(ResourceCalculatorProcessTree calculator, Blackhole numbers) {
        calculator.updateProcessTree();
        numbers.consume(calculator.getVirtualMemorySize());
        numbers.consume(calculator.getRssMemorySize());
        numbers.consume(calculator.getCpuUsagePercent());
    }

    static void checkCpuTime(ResourceCalculatorProcessTree calculator, LiveCgroup container) throws IOException {
        Truth.check(
                "the CPU time of YARN's " + calculator.getClass().getSimpleName() + " in ms",
                calculator.getCumulativeCpuTime(),
                container.cpuTime().toMillis(),
                CPU_TOLERANCE_MILLIS);
    }
}
