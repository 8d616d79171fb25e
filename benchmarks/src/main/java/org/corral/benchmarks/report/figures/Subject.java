package org.corral.benchmarks.report.figures;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.corral.benchmarks.report.jmh.JmhResult;

/**
 * Names what was measured. Immutable.
 *
 * @param group the class, without its package: what belongs together
 * @param method of the class
 * @param parameters that it ran with, and its mode
 */
public record Subject(String group, String method, SortedMap<String, String> parameters) {

    /** The parameter that stands for JMH's mode: what was measured in two modes is two things. */
    public static final String MODE = "mode";

    /** In the order in which people read: 100 before 1000. */
    public static final Comparator<Subject> ORDER = Comparator.comparing(Subject::group)
            .thenComparing(Subject::sortedParameters)
            .thenComparing(Subject::isPartner)
            .thenComparing(Subject::method);

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int DIGITS = 10;

    /** Copies the parameters. */
    public Subject {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    static Subject of(JmhResult result) {
        String[] names = result.benchmark().split("\\.", -1);
        TreeMap<String, String> parameters = new TreeMap<>(result.params());
        parameters.putIfAbsent(MODE, result.mode());
        return new Subject(names[names.length - 2], names[names.length - 1], parameters);
    }

    /** {@return whether this is the least possible, raw system calls} */
    public boolean isFloor() {
        return method.startsWith("floor");
    }

    /** {@return whether this is what others are compared with, be it the least possible or what people write} */
    public boolean isPartner() {
        return isFloor() || method.startsWith("baseline");
    }

    boolean isPartnerOf(Subject other) {
        return isPartner() && !other.isPartner() && group.equals(other.group) && parameters.equals(other.parameters);
    }

    /** {@return whether its name begins so, and it has these parameters among others} */
    boolean is(String beginning, Map<String, String> some) {
        return name().startsWith(beginning) && parameters.entrySet().containsAll(some.entrySet());
    }

    /** {@return the same without a parameter} */
    Subject without(String parameter) {
        TreeMap<String, String> fewer = new TreeMap<>(parameters);
        fewer.remove(parameter);
        return new Subject(group, method, fewer);
    }

    /** {@return class and method, as {@code SampleBenchmark.sample}} */
    public String name() {
        return group + "." + method;
    }

    private String sortedParameters() {
        return parameters.values().stream()
                .map(value -> NUMBER.matcher(value).replaceAll(Subject::padded))
                .collect(Collectors.joining(" "));
    }

    private static String padded(MatchResult number) {
        return "0".repeat(Math.max(0, DIGITS - number.group().length())) + number.group();
    }
}
