package org.corral.benchmarks.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What several rounds of the same benchmarks measured, a fork of each a round: a host that gets slower for a while slows both sides of a
 * ratio. Confined to one thread.
 */
final class Rounds {

    private final Map<Figure, List<Double>> medians = new HashMap<>();

    /** Adds a round. */
    void add(Collection<RunResult> round) {
        for (RunResult result : round) {
            medians.computeIfAbsent(figure(result.getParams()), any -> new ArrayList<>())
                    .add(medianOfIterations(result));
        }
    }

    void add(Figure figure, double nanos) {
        medians.computeIfAbsent(figure, any -> new ArrayList<>()).add(nanos);
    }

    private static Figure figure(BenchmarkParams params) {
        String[] names = params.getBenchmark().split("\\.", -1);
        TreeMap<String, String> parameters = new TreeMap<>();
        params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
        return new Figure(names[names.length - 2] + "." + names[names.length - 1], parameters);
    }

    private static double medianOfIterations(RunResult result) {
        return median(result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .mapToDouble(Rounds::cpuTime)
                .toArray());
    }

    private static double cpuTime(IterationResult iteration) {
        return Objects.requireNonNull(iteration.getSecondaryResults().get(CpuTimeProfiler.CPU_TIME))
                .getScore();
    }

    /**
     * {@return the middle one of the rounds' ratios}
     *
     * @throws IllegalArgumentException naming what was not measured
     */
    double medianRatio(Figure subject, Figure baseline) {
        List<Double> above = measured(subject);
        List<Double> below = measured(baseline);
        int rounds = Math.min(above.size(), below.size());
        return median(IntStream.range(0, rounds)
                .mapToDouble(round -> above.get(round) / below.get(round))
                .toArray());
    }

    private List<Double> measured(Figure figure) {
        List<Double> found = medians.get(figure);
        if (found == null) {
            throw new IllegalArgumentException(figure + " was not measured: only " + medians.keySet());
        }
        return found;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
