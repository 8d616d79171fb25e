package org.corral.benchmarks.guard;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Two operations by turns, of which the ratio of costs is wanted. A host is slower and faster for seconds at a time, by half in a virtual
 * machine that has neighbours: forks one after the other then compare one second with another. Turns of a millisecond compare what they
 * are to compare, and the median of their ratios drops those during which something happened. The time is that of this thread on a CPU, so
 * neither the compiler's threads nor those of others are in it. Confined to one thread.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Turns {

    /** What JMH calls the result: the name of its method. */
    static final String RATIO = "ratio";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Double> ratios = new ArrayList<>();

    /** What is done in a turn. */
    @FunctionalInterface
    interface Operation {
        Object once() throws Exception;
    }

    /** Forgets the turns of the iteration before. */
    @Setup(Level.Iteration)
    public void forget() {
        ratios.clear();
    }

    /** {@return the CPU time of the subject, divided by that of the baseline: the median of this iteration's turns} */
    public double ratio() {
        return Median.of(ratios);
    }

    /** Does the one so many times, and then the other. */
    void take(int times, Operation subject, Operation baseline, Blackhole results) throws Exception {
        double nanos = nanosOf(times, subject, results);
        ratios.add(nanos / nanosOf(times, baseline, results));
    }

    private static long nanosOf(int times, Operation operation, Blackhole results) throws Exception {
        long began = THREADS.getCurrentThreadCpuTime();
        for (int time = 0; time < times; time++) {
            results.consume(operation.once());
        }
        return THREADS.getCurrentThreadCpuTime() - began;
    }
}
