package org.corral.benchmarks;

import static org.corral.linux.raw.Constants.O_CLOEXEC;
import static org.corral.linux.raw.Constants.O_RDONLY;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.corral.linux.Fd;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to get from Java into the kernel and back? A pread(2) of one byte by address, for which the kernel has next to
 * nothing to do. Baseline: the same pread(2) by a {@link FileChannel} and a direct buffer, the nearest thing in the JDK, which
 * calls through JNI.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallBenchmark {

    /** Gives a zero for each byte that is asked for. */
    private static final Path ZERO = Path.of("/dev/zero");

    private final Linux linux = Linux.ofThisHost();
    private final BufferCalls calls = linux.syscalls().buffers();
    private final NativeBuffer memory = new NativeBuffer(1);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(1);
    private Fd descriptor;
    private int number;
    private FileChannel channel;

    /** Opens the file twice. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        descriptor = Fd.open(linux.files(), ZERO.toString(), O_RDONLY | O_CLOEXEC);
        number = descriptor.number();
        channel = FileChannel.open(ZERO);
    }

    /** Closes it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        descriptor.close();
        channel.close();
    }

    /** A byte by address. */
    @Benchmark
    public int pread() {
        return calls.readInto(number, memory.address(), 1);
    }

    /** A call without arguments. */
    @Benchmark
    public int getpid() {
        return linux.processes().pid();
    }

    /** A byte by the JDK. */
    @Benchmark
    public int baselineFileChannel() throws IOException {
        return channel.read(direct.clear(), 0);
    }
}
