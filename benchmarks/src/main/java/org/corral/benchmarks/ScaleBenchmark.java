package org.corral.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.corral.core.ContainerId;
import org.corral.harness.OwnProcess;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it take to hold many containers? All are launched one after the other, the use of each is read, and all are
 * destroyed at once. Baseline: the same with ten. JMH adds up the counts of all measured iterations.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class ScaleBenchmark {

    /** What was counted and how long each part took. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Parts {
        /** Threads of the whole process while all live. */
        public long threads;
        /** Descriptors of the whole process while all live. */
        public long descriptors;
        /** How long the launches took. */
        public long launchMillis;
        /** How long reading the use of all took. */
        public long sampleMillis;
        /** How long the destroys took. */
        public long destroyMillis;
    }

    /** How many. */
    @State(Scope.Benchmark)
    public static class Size {
        /** Containers. */
        @Param({"10", "1000"})
        private int containers;
    }

    /** From nothing to nothing. */
    @Benchmark
    public void launchSampleDestroy(Size size, Parts parts) throws IOException {
        long begin = System.nanoTime();
        try (LiveContainers live = new LiveContainers(size.containers)) {
            long launched = System.nanoTime();
            parts.launchMillis = millis(begin, launched);
            parts.threads = OwnProcess.threads();
            parts.descriptors = OwnProcess.descriptors();
            long counted = System.nanoTime();
            for (ContainerId id : live.containers().containers()) {
                live.containers().usage(id);
            }
            long sampled = System.nanoTime();
            parts.sampleMillis = millis(counted, sampled);
            live.destroyAll();
            parts.destroyMillis = millis(sampled, System.nanoTime());
        }
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }
}
