package org.corral.benchmarks.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.corral.benchmarks.report.figures.Subject;

/** Puts together what is of one class. */
final class ByGroup {

    private ByGroup() {}

    static <T> Collection<List<T>> of(List<T> all, Function<T, Subject> subject) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        one -> subject.apply(one).group(), LinkedHashMap::new, Collectors.toList()))
                .values();
    }
}
