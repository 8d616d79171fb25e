package org.corral.benchmarks.peers;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.yarn.util.ResourceCalculatorProcessTree;
import org.corral.benchmarks.FiveFiles;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.UsageSampler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * How much longer do those take who add up what a container's processes use, and what do other processes of the host add? Baselines:
 * YARN's {@code ProcfsBasedProcessTree}, which is what a NodeManager uses unless told otherwise, and OSHI, where the four processes are
 * known and where it looks for them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProcessTreeBenchmark {

    /** How many other processes there are, besides those of the host. */
    @Param({"0", "400"})
    public int others;

    private LiveCgroup container;
    private IdleProcesses host;
    private UsageSampler sampler;
    private SampledCgroup sampled;
    private ResourceCalculatorProcessTree yarn;
    private OperatingSystem oshi;
    private List<OSProcess> known;

    /** Starts the processes, and compares what is told of the container's. */
    @Setup(Level.Trial)
    public void open() throws IOException, InterruptedException {
        host = new IdleProcesses(others);
        host.work();
        container = new LiveCgroup();
        sampler = container.sampler(FiveFiles.columns(true));
        sampled = sampler.add(container.cgroup());
        yarn = Yarn.procfs(container);
        oshi = new SystemInfo().getOperatingSystem();
        known = oshi.getProcesses(container.cgroup().pids());
        check();
    }

    /** YARN reads {@code /proc/PID/stat}, whose resident memory proc(5) calls inaccurate; OSHI reads {@code statm}. */
    private void check() throws IOException {
        yarn.updateProcessTree();
        Yarn.checkCpuTime(yarn, container);
        int processes = container.cgroup().pids().size();
        Truth.check("YARN's processes", yarn.getProcessTreeDump().lines().count() - 1, processes, 0);
        Truth.check("OSHI's known processes", known.size(), processes, 0);
        Truth.check("OSHI's descendants of the first", descendants().size(), processes - 1, 0);
        long resident = known.stream().mapToLong(OSProcess::getResidentMemory).sum();
        Truth.check("YARN's resident memory, against OSHI's", yarn.getRssMemorySize(), resident, resident / 2);
    }

    /** Ends them. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sampler.close();
        container.close();
        host.close();
    }

    /** A sample of five files. */
    @Benchmark
    public SampledCgroup sample() {
        sampler.sample(sampled);
        return sampled;
    }

    /** All processes of the host by YARN, to find those of the container. */
    @Benchmark
    public void baselineYarnProcfs(Blackhole numbers) {
        Yarn.ask(yarn, numbers);
    }

    /** The processes of the container by OSHI, known beforehand. */
    @Benchmark
    public void baselineOshiProcesses(Blackhole numbers) {
        for (OSProcess process : known) {
            numbers.consume(process.updateAttributes());
            consume(process, numbers);
        }
    }

    /** All processes of the host by OSHI, to find those of the container. */
    @Benchmark
    public void baselineOshiDescendants(Blackhole numbers) {
        for (OSProcess process : descendants()) {
            consume(process, numbers);
        }
    }

    private List<OSProcess> descendants() {
        return oshi.getDescendantProcesses(container.firstPid(), null, null, 0);
    }

    private static void consume(OSProcess process, Blackhole numbers) {
        numbers.consume(process.getUserTime());
        numbers.consume(process.getKernelTime());
        numbers.consume(process.getResidentMemory());
    }
}
