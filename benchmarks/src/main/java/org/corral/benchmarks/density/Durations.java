package org.corral.benchmarks.density;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Records how long something took, again and again, to three digits. Does not grow, as the heap is measured meanwhile. Thread-safe. */
final class Durations {

    private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;
    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;

    private final Histogram nanos = new Histogram(SHORTEST, LONGEST, DIGITS);

    /**
     * Records one; more than ten minutes are ten.
     *
     * @param took in nanoseconds
     */
    synchronized void record(long took) {
        nanos.recordValue(Math.min(took, LONGEST));
    }

    /** {@return the percentiles of all until now} */
    synchronized Percentiles percentiles() {
        return new Percentiles(
                nanos.getTotalCount(),
                micros(nanos.getValueAtPercentile(MEDIAN)),
                micros(nanos.getValueAtPercentile(NEARLY_ALL)),
                micros(nanos.getMaxValue()));
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
