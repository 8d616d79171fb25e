package org.corral.benchmarks;

import static org.corral.linux.raw.Constants.O_RDWR;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.controller.CpuBandwidth;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.limit.LimitPlan;
import org.corral.cgroup.limit.LimitWriter;
import org.corral.linux.Fd;
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
 * What does it cost to change one limit of a running container, above what the kernel takes, and what to ask for the one there is? The
 * floor: pwrite(2) of the same texts on a descriptor that is open. The baseline: {@link Files#writeString}, which is what people write.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LimitBenchmark {

    private static final long MEBIBYTE = 1 << 20;
    private static final CpuBandwidth[] BANDWIDTHS = {
        new CpuBandwidth(OptionalLong.of(50_000), 100_000), new CpuBandwidth(OptionalLong.of(60_000), 100_000)
    };
    private static final Limit[] SIZES = {Limit.of(64 * MEBIBYTE), Limit.of(96 * MEBIBYTE)};

    /** A limit that is changed. */
    public enum Kind {
        /** The share of the CPUs. */
        SHARES(Controller.CPU, "cpu.shares", "cpu.weight"),
        /** The quota; the period stays. */
        QUOTA(Controller.CPU, "cpu.cfs_quota_us", "cpu.max"),
        /** The hard limit of memory. */
        MEMORY(Controller.MEMORY, "memory.limit_in_bytes", "memory.max");

        private final Controller controller;
        private final String onV1;
        private final String onV2;

        Kind(Controller controller, String onV1, String onV2) {
            this.controller = controller;
            this.onV1 = onV1;
            this.onV2 = onV2;
        }

        private LimitPlan want(LimitPlan plan, int which) {
            return switch (this) {
                case SHARES -> plan.cpuShares(which == 0 ? 512 : 2048);
                case QUOTA -> plan.cpuBandwidth(BANDWIDTHS[which]);
                case MEMORY -> plan.memory(SIZES[which]);
            };
        }
    }

    /** Which limit. */
    @Param
    public Kind limit;

    private BenchmarkHost host;
    private LimitWriter writer;
    private LimitPlan plan;
    private BufferCalls calls;
    private Fd descriptor;
    private int number;
    private Path path;
    private final String[] texts = new String[2];
    private final NativeBuffer[] buffers = new NativeBuffer[2];
    private int which;

    /** Opens the host, and writes both values once, for their texts. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        host = new BenchmarkHost();
        calls = host.linux().syscalls().buffers();
        writer = new LimitWriter(host.linux(), host.cgroup());
        plan = writer.plan();
        CgroupDir directory = host.cgroup().directory(limit.controller).orElseThrow();
        String file = directory.version() == CgroupVersion.V1 ? limit.onV1 : limit.onV2;
        path = Path.of(directory + "/" + file);
        descriptor = directory.open(file, O_RDWR);
        number = descriptor.number();
        for (int i = 0; i < 2; i++) {
            limit.want(plan.clear(), i).apply();
            texts[i] = Files.readString(path).strip();
            byte[] bytes = texts[i].getBytes(StandardCharsets.US_ASCII);
            buffers[i] = new NativeBuffer(bytes.length);
            buffers[i].bytes().put(0, bytes);
        }
    }

    /** Leaves nothing on it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        writer.close();
        descriptor.close();
        host.close();
    }

    private int next() {
        which = 1 - which;
        return which;
    }

    /** Another value each time. */
    @Benchmark
    public boolean changed() throws IOException {
        return limit.want(plan.clear(), next()).apply();
    }

    /** The same value each time. */
    @Benchmark
    public boolean unchanged() throws IOException {
        return limit.want(plan.clear(), 1).apply();
    }

    /** Another text each time by pwrite(2). */
    @Benchmark
    public int floorPwrite() {
        NativeBuffer text = buffers[next()];
        return calls.writeFrom(number, text.address(), text.bytes().capacity());
    }

    /** Another text each time by its path. */
    @Benchmark
    public Path baselineWriteString() throws IOException {
        return Files.writeString(path, texts[next()]);
    }
}
