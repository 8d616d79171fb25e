package org.corral.benchmarks.report.chart;

import java.util.List;
import java.util.Optional;
import org.corral.benchmarks.report.figures.Figure;
import org.corral.benchmarks.report.figures.Subject;

/** Draws what the benchmarks of one class allocate. Immutable. */
public final class AllocationBars {

    private final List<Figure> figures;
    private final Parameters parameters;
    private final Axis axis;

    /** Takes figures of one class, all of them with what they allocate. */
    public AllocationBars(List<Figure> figures) {
        this.figures = List.copyOf(figures);
        parameters = Parameters.of(figures.stream().map(Figure::subject).toList());
        axis = Axis.upTo(
                figures.stream().mapToDouble(AllocationBars::bytes).max().orElse(1));
    }

    private static double bytes(Figure figure) {
        return figure.allocatedBytes().orElse(0.0);
    }

    /** {@return the group} */
    public BarGroup group() {
        Subject any = figures.get(0).subject();
        List<Tick> ticks = axis.marks().stream()
                .map(mark -> new Tick(axis.at(mark), Amounts.size(mark)))
                .toList();
        List<Bar> bars = figures.stream().map(this::bar).toList();
        return new BarGroup(any.group(), parameters.shared(any), Optional.empty(), ticks, bars);
    }

    private Bar bar(Figure figure) {
        Subject subject = figure.subject();
        return new Bar(
                subject.method(),
                parameters.own(subject),
                Amounts.size(bytes(figure)),
                subject.isPartner() ? "partner" : "plain",
                axis.at(bytes(figure)),
                Optional.empty(),
                Optional.empty());
    }
}
