package org.corral.benchmarks.report.jmh;

import java.util.Map;

/**
 * A metric of a result, as JMH writes it. Immutable.
 *
 * @param score the mean
 * @param scoreError half of the interval that holds it with 99.9 %; not a number where there was too little to tell
 * @param scorePercentiles of iterations, or of calls in the mode SampleTime; empty where JMH gives none
 * @param scoreUnit as {@code ns/op}
 */
public record JmhMetric(double score, double scoreError, Map<String, Double> scorePercentiles, String scoreUnit) {

    /** JMH leaves out what it does not know: then there is none. */
    public JmhMetric {
        scorePercentiles = scorePercentiles == null ? Map.of() : Map.copyOf(scorePercentiles);
        scoreUnit = scoreUnit == null ? "" : scoreUnit;
    }

    /** {@return the middle one} */
    public double median() {
        return percentile("50.0");
    }

    /**
     * {@return a percentile, the score where JMH gives none}
     *
     * @param name as JMH writes it: {@code 99.0}
     */
    public double percentile(String name) {
        return scorePercentiles.getOrDefault(name, score);
    }
}
