package org.corral.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
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
 * What does a pass over so many cgroups cost, when as many descriptors are kept as the process may have, and when none is? The floor:
 * pread(2) of the same files, unparsed. It must have all of them open, so above a thousand cgroups it reads the files of a thousand
 * again and again, as often as there are cgroups.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PassBenchmark {

    /** So many have fewer files than a process may have open. */
    private static final int OF_FLOOR = 1000;

    /** How many. */
    @Param({"1", "100", "1000", "5000"})
    public int cgroups;

    /** Whether {@code memory.stat} is read. */
    @Param("true")
    public boolean memoryStat;

    /** Whether descriptors are kept. */
    @Param({"true", "false"})
    public boolean hot;

    private final Linux real = Linux.ofThisHost();
    private ManyCgroups many;
    private UsageSampler sampler;

    /** What the floor reads; open with it alone, for the descriptors would be missing elsewhere. */
    @State(Scope.Benchmark)
    public static class Floor {

        private final NativeBuffer buffer = new NativeBuffer(8192);
        private final List<FiveFiles> files = new ArrayList<>();
        private final List<int[]> descriptors = new ArrayList<>();

        /** Opens the files. */
        @Setup(Level.Trial)
        public void open(PassBenchmark pass) throws IOException {
            for (Cgroup cgroup : pass.many.all().subList(0, Math.min(OF_FLOOR, pass.cgroups))) {
                pass.real.descriptors().makeRoom();
                FiveFiles opened = new FiveFiles(cgroup, pass.memoryStat);
                files.add(opened);
                descriptors.add(opened.descriptors());
            }
        }

        /** Closes them. */
        @TearDown(Level.Trial)
        public void close() {
            files.forEach(FiveFiles::close);
        }

        private int read(int cgroup, BufferCalls calls) {
            int bytes = 0;
            for (int descriptor : descriptors.get(cgroup % descriptors.size())) {
                bytes += calls.readInto(descriptor, buffer.address(), 4096);
            }
            return bytes;
        }
    }

    /** Makes them. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        Linux linux = hot ? BenchmarkLinux.measured(real) : BenchmarkLinux.keepingNothing();
        many = new ManyCgroups(real, cgroups);
        sampler = new UsageSampler(linux, many.layout(), FiveFiles.columns(memoryStat));
        many.all().forEach(sampler::add);
    }

    /** Removes them. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sampler.close();
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
    public int floorPread(Floor floor) {
        BufferCalls calls = real.syscalls().buffers();
        int bytes = 0;
        for (int cgroup = 0; cgroup < cgroups; cgroup++) {
            bytes += floor.read(cgroup, calls);
        }
        return bytes;
    }
}
