package org.corral.benchmarks.report.figures;

import java.util.List;
import java.util.Map;

/**
 * Asks how much dearer each cgroup may be among many than among few. Immutable.
 *
 * @param what is asked
 * @param bound of the ratio
 * @param method of the benchmark
 * @param parameters that it has, among others
 * @param few how many are few
 * @param many how many are many
 */
record GrowthGoal(String what, Bound bound, String method, Map<String, String> parameters, int few, int many)
        implements Goal {

    @Override
    public List<Outcome> outcomes(Measured measured) {
        return measured.scalings().stream()
                .filter(scaling -> scaling.subject().is(method, parameters))
                .flatMap(scaling -> scaling.growth(few, many).stream()
                        .map(growth -> new Outcome(growth, bound.isKeptBy(growth), List.of(scaling.subject()))))
                .toList();
    }
}
