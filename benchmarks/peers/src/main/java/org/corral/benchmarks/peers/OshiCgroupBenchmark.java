package org.corral.benchmarks.peers;

import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
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
import oshi.software.os.CgroupInfo;

/**
 * How much longer does OSHI take to learn from a cgroup what its processes use? Baseline: {@code CgroupInfo}, asked for the CPU time, the
 * use of memory and the number of processes, which it does not remember. It looks at its own process's cgroup alone, so it is
 * shown a {@code /proc} in which {@code self} is the container's first process. Both read the same three files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OshiCgroupBenchmark {

    private static final long CPU_TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private LiveCgroup container;
    private UsageSampler sampler;
    private SampledCgroup sampled;
    private OtherSelf self;
    private CgroupInfo oshi;

    /** Starts the container, and compares what is told of it. */
    @Setup(Level.Trial)
    public void open() throws IOException, InterruptedException {
        container = new LiveCgroup();
        sampler = container.sampler(EnumSet.of(UsageColumn.CPU_NANOS, UsageColumn.MEMORY_BYTES, UsageColumn.PIDS));
        sampled = sampler.add(container.cgroup());
        self = new OtherSelf(container.firstPid());
        oshi = self.cgroup();
        check();
    }

    private void check() throws IOException {
        Truth.check(
                "OSHI's CPU time in ns", oshi.getCpuUsage(), container.cpuTime().toNanos(), CPU_TOLERANCE_NANOS);
        Truth.check("OSHI's memory", oshi.getMemoryUsage(), container.memory(), LiveCgroup.MEMORY_TOLERANCE);
        int processes = container.cgroup().pids().size();
        Truth.check("OSHI's number of processes", oshi.getPidCurrent(), processes, 0);
        sampler.sample(sampled);
        Truth.check("Corral's", sampled.get(UsageColumn.PIDS).orElseThrow(), processes, 0);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sampler.close();
        self.close();
        container.close();
    }

    /** A sample. */
    @Benchmark
    public SampledCgroup sample() {
        sampler.sample(sampled);
        return sampled;
    }

    /** The same by OSHI. */
    @Benchmark
    public void baselineOshiCgroup(Blackhole numbers) {
        numbers.consume(oshi.getCpuUsage());
        numbers.consume(oshi.getMemoryUsage());
        numbers.consume(oshi.getPidCurrent());
    }
}
