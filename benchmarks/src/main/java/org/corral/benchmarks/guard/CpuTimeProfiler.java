package org.corral.benchmarks.guard;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The CPU time of an operation, the kernel's part included. Unlike the time that went by, it is not longer because others use the CPU, as
 * on a host that runs a build besides. JMH makes it, one for each fork.
 */
public final class CpuTimeProfiler implements InternalProfiler {

    /** What its result is called. */
    static final String CPU_TIME = "cpu.time";

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long began;

    @Override
    public String getDescription() {
        return "CPU time of an operation, of all threads of the virtual machine";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        began = PROCESS.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<ScalarResult>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = (PROCESS.getProcessCpuTime() - began)
                / (double) result.getMetadata().getAllOps();
        return List.of(new ScalarResult(CPU_TIME, nanos, "ns/op", AggregationPolicy.AVG));
    }
}
