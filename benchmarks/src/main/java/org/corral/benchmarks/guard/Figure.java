package org.corral.benchmarks.guard;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Names what was measured: a method of a benchmark with its parameters. Immutable.
 *
 * @param benchmark class and method, as {@code SampleBenchmark.sample}
 * @param parameters that it ran with
 */
record Figure(String benchmark, SortedMap<String, String> parameters) {

    Figure {
        parameters = new TreeMap<>(parameters);
    }

    /** {@return a benchmark without parameters} */
    static Figure of(String benchmark) {
        return new Figure(benchmark, new TreeMap<>());
    }

    /** {@return the same with one more parameter} */
    Figure with(String parameter, Object value) {
        SortedMap<String, String> more = new TreeMap<>(parameters);
        more.put(parameter, value.toString());
        return new Figure(benchmark, more);
    }

    @Override
    public String toString() {
        return parameters.isEmpty()
                ? benchmark
                : benchmark
                        + parameters.entrySet().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(", ", "(", ")"));
    }
}
