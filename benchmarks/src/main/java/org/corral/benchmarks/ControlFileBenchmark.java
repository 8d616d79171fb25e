package org.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
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
 * What does it cost to read one number of a cgroup below its descriptor, and all of its memory use? Baseline: the same
 * number by its path with {@link Files#readString}, which is what people write.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ControlFileBenchmark {

    private BenchmarkHost host;
    private CgroupDir memory;
    private MemoryController controller;
    private String file;
    private Path path;

    /** Opens the host. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        host = new BenchmarkHost();
        memory = host.cgroup().directory(Controller.MEMORY).orElseThrow();
        controller = MemoryController.of(memory);
        file = memory.version() == CgroupVersion.V1 ? "memory.usage_in_bytes" : "memory.current";
        path = memory.hierarchy()
                .mountPoint()
                .resolve(memory.path().toString().substring(1))
                .resolve(file);
    }

    /** Leaves nothing on it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        host.close();
    }

    /** One number below the cgroup's descriptor. */
    @Benchmark
    public String number() throws IOException {
        return memory.read(file);
    }

    /** One number by its path. */
    @Benchmark
    public String baselineReadString() throws IOException {
        return Files.readString(path);
    }

    /** All of the memory use, as a record. */
    @Benchmark
    public Object memoryUsage() throws IOException {
        return controller.usage();
    }
}
