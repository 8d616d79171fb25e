package org.corral.benchmarks.peers;

import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.util.ResourceCalculatorProcessTree;
import org.corral.benchmarks.FiveFiles;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.cgroup.sample.UsageSampler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How much longer does YARN take to learn from its cgroup what a container uses? Baseline: {@code CGroupsResourceCalculator}, asked as
 * {@code ContainersMonitorImpl} of a NodeManager asks it. It reads {@code cpuacct.stat}, {@code memory.usage_in_bytes} and
 * {@code memory.memsw.usage_in_bytes}, so needs v1; a sample of Corral's the first two and, in the place of the third,
 * {@code pids.current}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class YarnCgroupBenchmark {

    private LiveCgroup container;
    private UsageSampler sampler;
    private SampledCgroup sampled;
    private UsageSampler samplerOfMore;
    private SampledCgroup sampledMore;
    private ResourceCalculatorProcessTree yarn;

    /** Starts the container, and compares what is told of it. */
    @Setup(Level.Trial)
    public void open() throws IOException, InterruptedException, YarnException {
        container = new LiveCgroup();
        sampler = container.sampler(EnumSet.of(
                UsageColumn.CPU_USER_NANOS, UsageColumn.CPU_SYSTEM_NANOS, UsageColumn.MEMORY_BYTES, UsageColumn.PIDS));
        sampled = sampler.add(container.cgroup());
        samplerOfMore = container.sampler(FiveFiles.columns(true));
        sampledMore = samplerOfMore.add(container.cgroup());
        yarn = Yarn.cgroups(container);
        check();
    }

    private void check() throws IOException {
        yarn.updateProcessTree();
        Yarn.checkCpuTime(yarn, container);
        Truth.check("YARN's memory", yarn.getRssMemorySize(), container.memory(), LiveCgroup.MEMORY_TOLERANCE);
        Truth.check(
                "YARN's memory with swap",
                yarn.getVirtualMemorySize(),
                container.memory(),
                LiveCgroup.MEMORY_TOLERANCE);
        sampler.sample(sampled);
        long memory = sampled.get(UsageColumn.MEMORY_BYTES).orElseThrow();
        Truth.check("Corral's memory", memory, container.memory(), LiveCgroup.MEMORY_TOLERANCE);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sampler.close();
        samplerOfMore.close();
        container.close();
    }

    /** A sample of three files. */
    @Benchmark
    public SampledCgroup sample() {
        sampler.sample(sampled);
        return sampled;
    }

    /** A sample that tells more than YARN can: five files, {@code memory.stat} among them. */
    @Benchmark
    public SampledCgroup sampleFiveFiles() {
        samplerOfMore.sample(sampledMore);
        return sampledMore;
    }

    /** The same by YARN. */
    @Benchmark
    public void baselineYarnCgroups(Blackhole numbers) {
        Yarn.ask(yarn, numbers);
    }
}
