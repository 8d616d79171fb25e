package org.corral.benchmarks.report.figures;

import java.util.List;
import java.util.Map;

/**
 * Asks that nothing is allocated. What JMH itself allocates is counted too, so that a tenth of a byte for each cgroup is nothing.
 * Immutable.
 *
 * @param what is asked
 * @param method of the benchmark
 * @param parameters that it has, among others
 */
public record AllocationGoal(String what, String method, Map<String, String> parameters) implements Goal {

    private static final Bound NOTHING = Bound.atMost(0.1);

    @Override
    public Bound bound() {
        return NOTHING;
    }

    @Override
    public List<Outcome> outcomes(Measured measured) {
        return measured.figures().stream()
                .filter(figure -> figure.subject().is(method, parameters))
                .flatMap(figure -> figure.allocatedBytes().stream().map(bytes -> outcome(figure.subject(), bytes)))
                .toList();
    }

    private static Outcome outcome(Subject subject, double bytes) {
        double each = bytes / Scaling.number(subject).orElse(1);
        return new Outcome(each, NOTHING.isKeptBy(each), List.of(subject));
    }
}
