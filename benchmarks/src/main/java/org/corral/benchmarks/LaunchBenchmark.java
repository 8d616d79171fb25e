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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a container cost over a plain process, from launch to removal? Baseline: {@link ProcessBuilder}, which makes no
 * cgroup and sets no limit.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LaunchBenchmark {

    private static final String PROGRAM = "/bin/true";

    private final AtomicInteger count = new AtomicInteger();
    private final LaunchRequest request = LaunchRequest.builder(List.of(PROGRAM))
            .stdio(Stdio.DISCARD, Stdio.DISCARD, Stdio.DISCARD)
            .resources(Resources.NONE.withMemory(DataSize.ofMebibytes(64)))
            .build();
    private BenchmarkHost host;

    /** Opens the host. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        host = new BenchmarkHost();
    }

    /** Leaves nothing on it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
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
}
