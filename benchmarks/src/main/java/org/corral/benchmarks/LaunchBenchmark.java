package org.corral.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Stdio;
import org.corral.core.unit.DataSize;
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

/**
 * What does a container cost over a plain process, from launch to removal? Baseline: {@link ProcessBuilder}, which makes no
 * cgroup and sets no limit. The floors: a process that the bare system calls move into the same hierarchies. At each move the kernel
 * waits for all CPUs, and nobody can be faster who moves one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LaunchBenchmark {

    private static final String PROGRAM = "/bin/true";

    /** Ends with its input, so not before it was moved; else as short as the other. */
    private static final String WAITING = "/bin/cat";

    /** Where. */
    @Param({"FIVE", "ALL"})
    public Hierarchies hierarchies;

    private final AtomicInteger count = new AtomicInteger();
    private final LaunchRequest request = LaunchRequest.builder(List.of(PROGRAM))
            .stdio(Stdio.DISCARD, Stdio.DISCARD, Stdio.DISCARD)
            .resources(Resources.NONE.withMemory(DataSize.ofMebibytes(64)))
            .build();
    private BenchmarkHost host;
    private RawCgroup kept;
    private RawCgroup raw;

    /** Opens the host. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        host = new BenchmarkHost(hierarchies);
        kept = host.raw("kept");
        kept.make();
        raw = host.raw("raw");
    }

    /** Leaves nothing on it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        kept.remove();
        kept.close();
        raw.close();
        host.close();
    }

    /** A container from launch to removal. */
    @Benchmark
    public Object container() throws IOException {
        ContainerId id = ContainerId.of("b" + count.incrementAndGet());
        host.corral().containerizer().launch(id, request);
        return host.corral().containerizer().wait(id).toCompletableFuture().join();
    }

    /** A plain process from start to exit. */
    @Benchmark
    public int baselineProcessBuilder() throws IOException, InterruptedException {
        return new ProcessBuilder(PROGRAM).start().waitFor();
    }

    /** A plain process that is moved into cgroups that are there, before it does anything. */
    @Benchmark
    public int floorMove() throws IOException, InterruptedException {
        return runMovedTo(kept);
    }

    /** The same with cgroups that are made for it, and removed after it. */
    @Benchmark
    public int floorMakeMoveRemove() throws IOException, InterruptedException {
        raw.make();
        int status = runMovedTo(raw);
        raw.remove();
        return status;
    }

    private static int runMovedTo(RawCgroup cgroup) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(WAITING).start();
        cgroup.move(process.pid());
        process.getOutputStream().close();
        return process.waitFor();
    }
}
