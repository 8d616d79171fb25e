package org.corral.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.linux.raw.BufferCalls;
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
 * What does it take to make numbers of a control file's text, the kernel's work left out? A sample of one file whose text was read once and
 * stays where it is in native memory, up to its row being written. Baseline: {@link String#split} and {@link Long#parseLong} of the
 * same text, which is a string already.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParserBenchmark {

    /** Which file. */
    @Param
    public SampledFile file;

    private BenchmarkHost host;
    private Process process;
    private UsageSampler sampler;
    private SampledCgroup cgroup;
    private String text;

    /** Reads the file of a cgroup with a process in it, whose numbers are not all 0. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        host = new BenchmarkHost();
        process = new ProcessBuilder("/bin/cat").start();
        host.cgroup().attach((int) process.pid());
        BufferCalls captured = new Captured(host.linux().syscalls().buffers());
        sampler = new UsageSampler(
                BenchmarkLinux.with(host.linux(), captured), host.corral().layout(), file.columns());
        cgroup = sampler.add(host.cgroup());
        text = file.directory(host.cgroup()).read(file.name(host.cgroup()));
    }

    /** Leaves nothing on the host. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
        sampler.close();
        host.close();
    }

    /** The text as Corral parses it. */
    @Benchmark
    public SampledCgroup parse() {
        sampler.sample(cgroup);
        return cgroup;
    }

    /** The text as people parse it. */
    @Benchmark
    public void baselineSplit(Blackhole numbers) {
        SplitText.consumeNumbers(text, numbers);
    }

    /** Reads once: as there is one file, nothing else comes to where its text is. */
    private static final class Captured implements BufferCalls {

        private final BufferCalls real;
        private int length;

        Captured(BufferCalls real) {
            this.real = real;
        }

        @Override
        public int readInto(int fd, long address, int size) {
            if (length == 0) {
                length = real.readInto(fd, address, size);
            }
            return length;
        }

        @Override
        public int writeFrom(int fd, long address, int size) {
            throw new UnsupportedOperationException("a sample writes nothing");
        }
    }
}
