package org.corral.benchmarks.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** The ratios that several rounds of the same benchmarks measured, a fork of each a round. Confined to one thread. */
final class Rounds {

    private final Map<Figure, List<Double>> ratios = new HashMap<>();

    /** Adds a round. */
    void add(Collection<RunResult> round) {
        for (RunResult result : round) {
            add(figure(result.getParams()), medianOfIterations(result));
        }
    }

    void add(Figure pair, double ratio) {
        ratios.computeIfAbsent(pair, any -> new ArrayList<>()).add(ratio);
    }

    private static Figure figure(BenchmarkParams params) {
        String[] names = params.getBenchmark().split("\\.", -1);
        TreeMap<String, String> parameters = new TreeMap<>();
        params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
        return new Figure(names[names.length - 2] + "." + names[names.length - 1], parameters);
    }

    private static double medianOfIterations(RunResult result) {
        return Median.of(result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .map(Rounds::ratio)
                .toList());
    }

    private static double ratio(IterationResult iteration) {
        return Objects.requireNonNull(iteration.getSecondaryResults().get(Turns.RATIO))
                .getScore();
    }

    /**
     * {@return the middle one of the rounds' ratios}
     *
     * @throws IllegalArgumentException naming what was not measured
     */
    double medianRatio(Figure pair) {
        List<Double> found = ratios.get(pair);
        if (found == null) {
            throw new IllegalArgumentException(pair + " was not measured: only " + ratios.keySet());
        }
        return Median.of(found);
    }
}
