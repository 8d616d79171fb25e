package org.corral.benchmarks.report.figures;

import java.util.Map;
import org.corral.benchmarks.report.jmh.JmhMetric;
import org.corral.benchmarks.report.jmh.JmhResult;

/**
 * How long an operation took, or what else JMH measured. Immutable.
 *
 * @param median the middle iteration, or the middle call in the mode SampleTime: an iteration that was disturbed does not move it
 * @param low the fastest iteration; of calls the median
 * @param high the slowest iteration; of calls the 99th percentile
 * @param mean what JMH calls the score
 * @param error half of the interval that holds the mean with 99.9 %; not a number if unknown
 * @param unit of all these: {@code ns} if it is a time
 */
public record Score(double median, double low, double high, double mean, double error, String unit) {

    /** The unit of times. */
    public static final String NANOS = "ns";

    private static final Map<String, Double> TIMES =
            Map.of("ns/op", 1.0, "us/op", 1e3, "ms/op", 1e6, "s/op", 1e9, "min/op", 60e9);

    static Score of(JmhResult result) {
        JmhMetric metric = result.primaryMetric();
        Double nanos = TIMES.get(metric.scoreUnit());
        Score score = result.mode().equals("sample") ? ofCalls(metric) : ofIterations(metric);
        return nanos == null ? score : score.inNanos(nanos);
    }

    private static Score ofIterations(JmhMetric metric) {
        return new Score(
                metric.median(),
                metric.percentile("0.0"),
                metric.percentile("100.0"),
                metric.score(),
                metric.scoreError(),
                metric.scoreUnit());
    }

    private static Score ofCalls(JmhMetric metric) {
        return new Score(
                metric.median(),
                metric.median(),
                metric.percentile("99.0"),
                metric.score(),
                metric.scoreError(),
                metric.scoreUnit());
    }

    private Score inNanos(double nanos) {
        return new Score(median * nanos, low * nanos, high * nanos, mean * nanos, error * nanos, NANOS);
    }

    /** {@return whether this is a time, so that less is better} */
    public boolean isTime() {
        return unit.equals(NANOS);
    }
}
