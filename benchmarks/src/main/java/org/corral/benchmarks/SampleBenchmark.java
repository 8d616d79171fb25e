package org.corral.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does a sample of one cgroup cost above what the kernel takes? The floor: pread(2) of the same files, unparsed. The baselines: the
 * same numbers by {@link Files#readString} and {@link String#split}, which is what people write, and by {@link FileChannel}s that stay
 * open and a direct buffer, which is what careful people write.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SampleBenchmark {

    /** Whether {@code memory.stat} is among the files: most of the kernel's work is for it. */
    @Param({"true", "false"})
    public boolean memoryStat;

    private BenchmarkHost host;
    private UsageSampler sampler;
    private SampledCgroup cgroup;
    private FiveFiles files;
    private int[] descriptors;
    private BufferCalls calls;
    private final NativeBuffer buffer = new NativeBuffer(8192);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(8192);
    private final List<FileChannel> channels = new ArrayList<>();

    /** Opens the host. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        host = new BenchmarkHost();
        calls = host.linux().syscalls().buffers();
        sampler = new UsageSampler(
                BenchmarkLinux.measured(host.linux()), host.corral().layout(), FiveFiles.columns(memoryStat));
        cgroup = sampler.add(host.cgroup());
        files = new FiveFiles(host.cgroup(), memoryStat);
        descriptors = files.descriptors();
        for (Path path : files.paths()) {
            channels.add(FileChannel.open(path));
        }
    }

    /** Leaves nothing on it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sampler.close();
        files.close();
        for (FileChannel channel : channels) {
            channel.close();
        }
        host.close();
    }

    /** A sample. */
    @Benchmark
    public SampledCgroup sample() {
        sampler.sample(cgroup);
        return cgroup;
    }

    /** The same files by pread(2). */
    @Benchmark
    public int floorPread() {
        int bytes = 0;
        for (int descriptor : descriptors) {
            bytes += calls.readInto(descriptor, buffer.address(), 4096);
        }
        return bytes;
    }

    /** The same files by their paths, as text. */
    @Benchmark
    public void baselineReadString(Blackhole numbers) throws IOException {
        for (Path path : files.paths()) {
            SplitText.consumeNumbers(Files.readString(path), numbers);
        }
    }

    /** The same files by channels that stay open, as text. */
    @Benchmark
    public void baselineFileChannel(Blackhole numbers) throws IOException {
        for (FileChannel channel : channels) {
            channel.read(direct.clear(), 0);
            SplitText.consumeNumbers(
                    StandardCharsets.US_ASCII.decode(direct.flip()).toString(), numbers);
        }
    }
}
