package org.corral.benchmarks.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.corral.benchmarks.report.figures.Figure;
import org.corral.benchmarks.report.figures.Scaling;
import org.corral.benchmarks.report.figures.Score;
import org.corral.benchmarks.report.figures.Subject;

/** Places what each cgroup costs over how many there are. Confined to one thread. */
public final class LineChartBuilder {

    /** Free on both sides, for the labels of the levels and half of those below. */
    private static final double LEFT = 17;

    private static final double RIGHT = 5;

    private final List<Scaling> scalings;
    private final Parameters parameters;
    private final TreeSet<Integer> numbers = new TreeSet<>();
    private final Axis upwards;

    /** Takes the lines, of one class. */
    public LineChartBuilder(List<Scaling> scalings) {
        this.scalings = List.copyOf(scalings);
        parameters = Parameters.of(scalings.stream().map(Scaling::subject).toList());
        scalings.forEach(scaling -> numbers.addAll(scaling.byNumber().keySet()));
        upwards = Axis.upTo(1.1
                        * scalings.stream()
                                .flatMap(scaling -> scaling.byNumber().entrySet().stream())
                                .mapToDouble(entry -> entry.getValue().score().median() / entry.getKey())
                                .max()
                                .orElse(1))
                .whole();
    }

    /** {@return the chart} */
    public LineChart build() {
        Subject any = scalings.get(0).subject();
        List<Tick> across = numbers.stream()
                .map(number -> new Tick(x(number), String.format(Locale.ROOT, "%,d", number)))
                .toList();
        List<Tick> levels = upwards.marks().stream()
                .map(mark -> new Tick(y(mark), Amounts.time(mark)))
                .toList();
        List<LineChart.Line> lines = IntStream.range(0, scalings.size())
                .mapToObj(index -> line(index, scalings.get(index)))
                .toList();
        return new LineChart(any.group(), parameters.shared(any), across, levels, lines);
    }

    private LineChart.Line line(int index, Scaling scaling) {
        Subject subject = scaling.subject();
        List<LineChart.Dot> dots =
                scaling.byNumber().entrySet().stream().map(this::dot).toList();
        String label = (subject.method() + " " + parameters.own(subject)).strip();
        return new LineChart.Line(
                label, "line" + index + (subject.isPartner() ? " partner" : ""), dots, segments(dots));
    }

    private LineChart.Dot dot(Map.Entry<Integer, Figure> measured) {
        int number = measured.getKey();
        Score score = measured.getValue().score();
        return new LineChart.Dot(
                x(number),
                y(score.median() / number),
                y(score.low() / number),
                y(score.high() / number),
                Amounts.time(score.median() / number) + " each of " + number);
    }

    private static List<LineChart.Segment> segments(List<LineChart.Dot> dots) {
        List<LineChart.Segment> segments = new ArrayList<>();
        for (int i = 1; i < dots.size(); i++) {
            segments.add(new LineChart.Segment(dots.get(i - 1), dots.get(i)));
        }
        return segments;
    }

    private String x(int number) {
        double first = Math.log(numbers.first());
        double last = Math.log(numbers.last());
        double part = last > first ? (Math.log(number) - first) / (last - first) : 0.5;
        return Axis.percent(LEFT + part * (100 - LEFT - RIGHT));
    }

    private String y(double nanos) {
        return Axis.percent(100 - upwards.part(nanos));
    }
}
