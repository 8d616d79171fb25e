package org.corral.benchmarks.report.chart;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.corral.benchmarks.report.figures.Bound;
import org.corral.benchmarks.report.figures.Comparison;
import org.corral.benchmarks.report.figures.Goal;
import org.corral.benchmarks.report.figures.Goals;
import org.corral.benchmarks.report.figures.Subject;

/** Draws ratios of one class, with what is asked of them. Immutable. */
public final class RatioBars {

    /** A range that reaches further is cut there: it would leave no room for the bars. */
    private static final double MOST_SPREAD = 1.5;

    private static final double MARGIN = 1.04;

    private final List<Comparison> comparisons;
    private final Parameters parameters;
    private final Axis axis;

    /** Takes comparisons, of one class. */
    public RatioBars(List<Comparison> comparisons) {
        this.comparisons = List.copyOf(comparisons);
        parameters = Parameters.of(
                comparisons.stream().map(pair -> pair.figure().subject()).toList());
        axis = Axis.upTo(MARGIN
                * comparisons.stream().mapToDouble(RatioBars::reach).max().orElse(1));
    }

    /** {@return the group} */
    public BarGroup group() {
        Subject any = comparisons.get(0).figure().subject();
        List<Tick> ticks = axis.marks().stream()
                .map(mark -> new Tick(axis.at(mark), Amounts.number(mark)))
                .toList();
        List<Bar> bars = comparisons.stream().map(this::bar).toList();
        return new BarGroup(any.group(), parameters.shared(any), Optional.of(axis.at(1)), ticks, bars);
    }

    private static double reach(Comparison pair) {
        double bound = bound(pair).map(Bound::limit).orElse(1.0);
        double spread = Math.min(Math.max(pair.worst(), pair.best()), MOST_SPREAD * pair.ratio());
        return DoubleStream.of(bound, pair.ratio(), spread, 1).max().orElse(1);
    }

    private static Optional<Bound> bound(Comparison pair) {
        return Goals.of(pair).map(Goal::bound);
    }

    private Bar bar(Comparison pair) {
        Optional<Bound> bound = bound(pair);
        return new Bar(
                pair.methods(),
                parameters.own(pair.figure().subject()),
                Amounts.ratio(pair.ratio()),
                bound.map(asked -> asked.isKeptBy(pair.ratio()) ? "kept" : "missed")
                        .orElse("plain"),
                axis.at(pair.ratio()),
                spread(pair),
                bound.map(asked -> new Tick(axis.at(asked.limit()), Amounts.bound(asked))));
    }

    private Optional<Bar.Spread> spread(Comparison pair) {
        double from = Math.min(pair.best(), pair.worst());
        double to = Math.max(pair.best(), pair.worst());
        return from < to ? Optional.of(new Bar.Spread(axis.at(from), axis.at(to))) : Optional.empty();
    }
}
