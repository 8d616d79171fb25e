package org.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.Cgroup;
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
 * What does it cost to make a cgroup and remove it, above what the kernel takes? The floor: mkdir(2) and rmdir(2) of the same
 * directories, whose parents are open. The baseline: {@link Files#createDirectory} and {@link Files#delete}, which is what people write,
 * without a look at whose they are or whether a process is in them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CreateBenchmark {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Where. */
    @Param({"FIVE", "ALL"})
    public Hierarchies hierarchies;

    private BenchmarkHost host;
    private RawCgroup raw;

    /** Opens the host. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        host = new BenchmarkHost(hierarchies);
        raw = host.raw("raw");
    }

    /** Leaves nothing on it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        raw.close();
        host.close();
    }

    /** A cgroup, made and removed. */
    @Benchmark
    public void createAndDelete() throws IOException {
        try (Cgroup made = host.tree().create("made", "benchmarks")) {
            made.delete(PATIENCE);
        }
    }

    /** The same by the bare calls. */
    @Benchmark
    public void floorMkdirRmdir() throws IOException {
        raw.make();
        raw.remove();
    }

    /** The same by paths. */
    @Benchmark
    public void baselineFiles() throws IOException {
        for (Path path : raw.paths()) {
            Files.createDirectory(path);
        }
        for (Path path : raw.paths()) {
            Files.delete(path);
        }
    }
}
