package org.corral.benchmarks.report.figures;

import java.util.List;
import java.util.Map;

/**
 * Asks for a ratio to a floor or to a baseline. Immutable.
 *
 * @param what is asked
 * @param bound of the ratio
 * @param method of a benchmark, as {@code SampleBenchmark.sample}; or how such names begin
 * @param partner how the name of the method that it is compared with begins
 * @param parameters that both have, among others
 */
record RatioGoal(String what, Bound bound, String method, String partner, Map<String, String> parameters)
        implements Goal {

    boolean isAbout(Comparison pair) {
        return pair.figure().subject().is(method, parameters)
                && pair.partner().subject().method().startsWith(partner);
    }

    @Override
    public List<Outcome> outcomes(Measured measured) {
        return measured.comparisons().stream()
                .filter(this::isAbout)
                .map(this::outcome)
                .toList();
    }

    private Outcome outcome(Comparison pair) {
        List<Subject> of = List.of(pair.figure().subject(), pair.partner().subject());
        return new Outcome(pair.ratio(), bound.isKeptBy(pair.ratio()), of);
    }
}
