package org.corral.benchmarks;

import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.UsageSampler;
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
 * What does each file add to a sample, and how much of that is the kernel's? The floor: pread(2) of the same file, unparsed. The sample of
 * all is {@link SampleBenchmark}'s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SampledFileBenchmark {

    /** Which file. */
    @Param
    public SampledFile file;

    private final NativeBuffer buffer = new NativeBuffer(8192);
    private BenchmarkHost host;
    private UsageSampler sampler;
    private SampledCgroup cgroup;
    private FiveFiles files;
    private int descriptor;
    private BufferCalls calls;

    /** Opens the host. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        host = new BenchmarkHost();
        calls = host.linux().syscalls().buffers();
        sampler = new UsageSampler(host.linux(), host.corral().layout(), file.columns());
        cgroup = sampler.add(host.cgroup());
        files = new FiveFiles(host.cgroup(), EnumSet.of(file));
        descriptor = files.descriptors()[0];
    }

    /** Leaves nothing on it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sampler.close();
        files.close();
        host.close();
    }

    /** A sample of that file alone. */
    @Benchmark
    public SampledCgroup sample() {
        sampler.sample(cgroup);
        return cgroup;
    }

    /** The same file by pread(2). */
    @Benchmark
    public int floorPread() {
        return calls.readInto(descriptor, buffer.address(), 4096);
    }
}
