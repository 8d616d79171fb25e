package org.corral.benchmarks.report.figures;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.corral.benchmarks.report.jmh.JmhRun;

/**
 * All that was measured. What several runs measured is taken from the last one. Immutable.
 *
 * @param figures one for each benchmark with each set of its parameters
 * @param comparisons of those that have a floor or a baseline
 */
public record Measured(List<Figure> figures, List<Comparison> comparisons) {

    /** Copies the lists. */
    public Measured {
        figures = List.copyOf(figures);
        comparisons = List.copyOf(comparisons);
    }

    /** {@return what these runs measured} */
    public static Measured of(List<JmhRun> runs) {
        List<Figure> all = runs.stream()
                .flatMap(run -> run.results().stream().map(result -> Figure.of(run, result)))
                .toList();
        return new Measured(latest(all), comparisons(all));
    }

    private static List<Figure> latest(List<Figure> all) {
        Map<Subject, Figure> latest = new LinkedHashMap<>();
        all.forEach(figure -> latest.put(figure.subject(), figure));
        return latest.values().stream()
                .sorted(Comparator.comparing(Figure::subject, Subject.ORDER))
                .toList();
    }

    private static List<Comparison> comparisons(List<Figure> all) {
        Map<List<Subject>, Comparison> latest = new LinkedHashMap<>();
        for (Figure figure : all) {
            all.stream()
                    .filter(figure::isComparableWith)
                    .map(partner -> new Comparison(figure, partner))
                    .forEach(pair ->
                            latest.put(List.of(figure.subject(), pair.partner().subject()), pair));
        }
        return latest.values().stream().sorted(inOrder()).toList();
    }

    private static Comparator<Comparison> inOrder() {
        return Comparator.comparing((Comparison pair) -> pair.figure().subject(), Subject.ORDER)
                .thenComparing(pair -> pair.partner().subject(), Subject.ORDER);
    }

    /** {@return what was measured for several numbers of cgroups} */
    public List<Scaling> scalings() {
        Map<Subject, SortedMap<Integer, Figure>> byNumber = new LinkedHashMap<>();
        for (Figure figure : figures) {
            Optional<Integer> number = Scaling.number(figure.subject())
                    .filter(any -> figure.score().isTime());
            number.ifPresent(count -> byNumber.computeIfAbsent(
                            figure.subject().without(Scaling.PARAMETER), any -> new TreeMap<>())
                    .put(count, figure));
        }
        return byNumber.entrySet().stream()
                .map(entry -> new Scaling(entry.getKey(), entry.getValue()))
                .toList();
    }
}
