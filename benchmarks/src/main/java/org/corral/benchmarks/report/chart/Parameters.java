package org.corral.benchmarks.report.chart;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.corral.benchmarks.report.figures.Subject;

/**
 * Tells the parameters that all subjects of a group share from those that set them apart. Immutable.
 *
 * @param varying names of those that differ
 */
public record Parameters(Set<String> varying) {

    /** Copies the names. */
    public Parameters {
        varying = Set.copyOf(varying);
    }

    /** {@return those of a group} */
    public static Parameters of(Collection<Subject> group) {
        Map<String, Long> values = group.stream()
                .flatMap(subject -> subject.parameters().entrySet().stream())
                .distinct()
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.counting()));
        return new Parameters(values.keySet().stream()
                .filter(name -> values.getOrDefault(name, 0L) > 1)
                .collect(Collectors.toSet()));
    }

    /** {@return what sets a subject apart, as {@code limit=QUOTA}} */
    public String own(Subject subject) {
        return text(subject, varying::contains);
    }

    /** {@return what a subject has as all the others do} */
    public String shared(Subject subject) {
        return text(subject, name -> !varying.contains(name));
    }

    /** {@return all that a subject ran with; the mode is JMH's, and told elsewhere} */
    public static String all(Subject subject) {
        return text(subject, name -> true);
    }

    private static String text(Subject subject, Predicate<String> which) {
        return subject.parameters().entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .filter(entry -> !entry.getKey().equals(Subject.MODE))
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }
}
