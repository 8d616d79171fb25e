package org.corral.benchmarks.guard;

import java.util.concurrent.TimeUnit;
import org.corral.benchmarks.LimitBenchmark;
import org.corral.benchmarks.PassBenchmark;
import org.corral.benchmarks.SampleBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * By how much is a hot path dearer than its floor, or cheaper than what people write, on a host that is not quiet? The operations are those
 * of the other benchmarks; the answer is the result {@code ratio}, and the time of both together is none. See {@link Turns}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TurnsBenchmark {

    private static final int SAMPLES = 50;

    /** Even: both sides then begin with the value that the other did not end with. */
    private static final int CHANGES = 200;

    /** A sample, and pread(2) of its files. */
    @Benchmark
    public void sampleToPread(SampleBenchmark one, Turns turns, Blackhole results) throws Exception {
        turns.take(SAMPLES, one::sample, one::floorPread, results);
    }

    /** The same files as text, and a sample. */
    @Benchmark
    public void readStringToSample(SampleBenchmark one, Turns turns, Blackhole results) throws Exception {
        turns.take(SAMPLES, () -> readString(one, results), one::sample, results);
    }

    private static Object readString(SampleBenchmark one, Blackhole results) throws Exception {
        one.baselineReadString(results);
        return one;
    }

    /** A pass, and pread(2) of its files. */
    @Benchmark
    public void passToPread(PassBenchmark many, PassBenchmark.Floor floor, Turns turns, Blackhole results)
            throws Exception {
        turns.take(1, many::pass, () -> many.floorPread(floor), results);
    }

    /** A changed limit, and pwrite(2) of the same texts. */
    @Benchmark
    public void changeToPwrite(LimitBenchmark limit, Turns turns, Blackhole results) throws Exception {
        turns.take(CHANGES, limit::changed, limit::floorPwrite, results);
    }
}
