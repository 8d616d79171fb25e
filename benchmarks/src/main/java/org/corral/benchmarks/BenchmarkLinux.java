package org.corral.benchmarks;

import org.corral.linux.FdBudget;
import org.corral.linux.Linux;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.Syscalls;

/** The kernel of a benchmark: this host's, unless a test of the guard wants to see it slow. */
public final class BenchmarkLinux {

    /** The system property that makes each read take more than twice as long, and make garbage. */
    public static final String SLOW = "corral.benchmarks.slow";

    private BenchmarkLinux() {}

    /** {@return this host's kernel, to measure Corral on} */
    public static Linux measured() {
        return measured(Linux.ofThisHost());
    }

    /** {@return a kernel, to measure Corral on} */
    public static Linux measured(Linux linux) {
        return Boolean.getBoolean(SLOW)
                ? with(linux, new SlowReads(linux.syscalls().buffers()))
                : linux;
    }

    static Linux with(Linux linux, BufferCalls buffers) {
        Syscalls calls = linux.syscalls();
        return new Linux(
                new Syscalls(
                        calls.files(),
                        calls.events(),
                        calls.processes(),
                        calls.accounts(),
                        calls.namespaces(),
                        buffers),
                linux.root(),
                linux.descriptors());
    }

    /** {@return the same for somebody who may keep no descriptor} */
    public static Linux keepingNothing() {
        Linux linux = measured();
        return new Linux(linux.syscalls(), linux.root(), new FdBudget(1, count -> 1));
    }

    /** Reads each file three times, as somebody would who opens, checks and reads it. */
    private record SlowReads(BufferCalls real) implements BufferCalls {

        private static volatile int[] counts = new int[0];

        @Override
        public int readInto(int fd, long address, int size) {
            counts = new int[] {
                real.readInto(fd, address, size), real.readInto(fd, address, size), real.readInto(fd, address, size)
            };
            return counts[2];
        }

        @Override
        public int writeFrom(int fd, long address, int size) {
            return real.writeFrom(fd, address, size);
        }
    }
}
