package org.corral.benchmarks.report.jmh;

import java.util.Map;

/**
 * What one benchmark with one set of parameters came to, as JMH writes it. Immutable.
 *
 * @param jmhVersion of JMH
 * @param benchmark package, class and method
 * @param mode as {@code avgt}
 * @param forks how many virtual machines measured
 * @param jdkVersion of the virtual machine that measured
 * @param vmName its name
 * @param vmVersion its build
 * @param measurementIterations how often each fork measured
 * @param measurementTime for how long each time, as {@code 1 s}
 * @param params what it ran with, without those of JMH
 * @param primaryMetric what it is about
 * @param secondaryMetrics what profilers and counters tell, by name
 */
public record JmhResult(
        String jmhVersion,
        String benchmark,
        String mode,
        int forks,
        String jdkVersion,
        String vmName,
        String vmVersion,
        int measurementIterations,
        String measurementTime,
        Map<String, String> params,
        JmhMetric primaryMetric,
        Map<String, JmhMetric> secondaryMetrics) {

    /** JMH leaves out what there is none of. */
    public JmhResult {
        params = params == null ? Map.of() : Map.copyOf(params);
        secondaryMetrics = secondaryMetrics == null ? Map.of() : Map.copyOf(secondaryMetrics);
    }
}
