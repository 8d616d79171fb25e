package org.corral.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.linux.Linux;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.NativeBuffer;
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
 * What does a pass over so many cgroups cost, when all descriptors are kept and when none is? The floor: pread(2) of the same files,
 * unparsed, as far as the limit of descriptors allows.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PassBenchmark {

    /** How many. */
    @Param({"1", "100", "1000"})
    public int cgroups;

    /** Whether {@code memory.stat} is read. */
    @Param("true")
    public boolean memoryStat;

    /** Whether descriptors are kept. */
    @Param("true")
    public boolean hot;

    private final NativeBuffer buffer = new NativeBuffer(8192);
    private final List<FiveFiles> files = new ArrayList<>();
    private ManyCgroups many;
    private UsageSampler sampler;
    private BufferCalls calls;
    private int[] descriptors;

    /** Makes them. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        Linux real = Linux.ofThisHost();
        Linux linux = hot ? BenchmarkLinux.measured(real) : BenchmarkLinux.keepingNothing();
        calls = real.syscalls().buffers();
        many = new ManyCgroups(real, cgroups);
        sampler = new UsageSampler(linux, many.layout(), FiveFiles.columns(memoryStat));
        many.all().forEach(sampler::add);
        for (Cgroup cgroup : many.all()) {
            files.add(new FiveFiles(cgroup, memoryStat));
        }
        descriptors = files.stream()
                .flatMapToInt(one -> Arrays.stream(one.descriptors()))
                .toArray();
    }

    /** Removes them. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sampler.close();
        files.forEach(FiveFiles::close);
        many.close();
    }

    /** A pass. */
    @Benchmark
    public UsageSampler pass() {
        sampler.sampleAll();
        return sampler;
    }

    /** The same files of all by pread(2). */
    @Benchmark
    public int floorPread() {
        int bytes = 0;
        for (int descriptor : descriptors) {
            bytes += calls.readInto(descriptor, buffer.address(), 4096);
        }
        return bytes;
    }
}
