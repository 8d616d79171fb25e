package org.corral.benchmarks.report.figures;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one thing costs, by how many are done at once. Immutable.
 *
 * @param subject what, without the number
 * @param byNumber the measurements
 */
public record Scaling(Subject subject, SortedMap<Integer, Figure> byNumber) {

    /** The parameter that tells how many. */
    public static final String PARAMETER = "cgroups";

    /** Copies the measurements. */
    public Scaling {
        byNumber = Collections.unmodifiableSortedMap(new TreeMap<>(byNumber));
    }

    /** {@return how many things a measurement is about, empty if it has no such parameter} */
    public static Optional<Integer> number(Subject subject) {
        return Optional.ofNullable(subject.parameters().get(PARAMETER))
                .filter(text -> text.matches("[1-9]\\d{0,8}"))
                .map(Integer::valueOf);
    }

    /** {@return how much dearer each one is among many than among few, empty unless one run measured both} */
    Optional<Double> growth(int few, int many) {
        Figure one = byNumber.get(few);
        Figure other = byNumber.get(many);
        return one == null || other == null || !one.run().equals(other.run())
                ? Optional.empty()
                : Optional.of(other.score().median() / many / (one.score().median() / few));
    }
}
