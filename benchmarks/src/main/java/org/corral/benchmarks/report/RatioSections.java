package org.corral.benchmarks.report;

import java.util.List;
import org.corral.benchmarks.report.chart.Amounts;
import org.corral.benchmarks.report.chart.BarGroup;
import org.corral.benchmarks.report.chart.Parameters;
import org.corral.benchmarks.report.chart.RatioBars;
import org.corral.benchmarks.report.chart.Table;
import org.corral.benchmarks.report.figures.Comparison;
import org.corral.benchmarks.report.figures.Goals;
import org.corral.benchmarks.report.figures.Measured;

/** How measurements compare with their floors, and with what people write. */
final class RatioSections {

    private RatioSections() {}

    static Section ofCosts(Measured measured) {
        return of(
                "Cost, against the least possible",
                "Shorter is better; 1 × is the floor: the same system calls, and nothing else. The line is what is asked, the bracket the range of "
                        + "iterations, or p50 to p99 where single calls were timed. Each class has its own scale.",
                measured.comparisons().stream().filter(Comparison::isOfCost).toList());
    }

    static Section ofSpeed(Measured measured) {
        return of(
                "Speed, against what people write",
                "Longer is better: how many times faster than the baseline beside it.",
                measured.comparisons().stream().filter(pair -> !pair.isOfCost()).toList());
    }

    private static Section of(String title, String lead, List<Comparison> pairs) {
        List<BarGroup> groups = ByGroup.of(pairs, pair -> pair.figure().subject()).stream()
                .map(group -> new RatioBars(group).group())
                .toList();
        return new Section(title, lead, groups, List.of(), table(pairs));
    }

    private static Table table(List<Comparison> pairs) {
        Table table =
                Table.of("Class", "Methods", "Parameters", "#Ratio", "#Range", "#Asked", "#Median", "#of partner");
        for (Comparison pair : pairs) {
            table = table.with(
                    "plain",
                    pair.figure().subject().group(),
                    pair.methods(),
                    Parameters.all(pair.figure().subject()),
                    Amounts.ratio(pair.ratio()),
                    Amounts.number(pair.best()) + " – " + Amounts.number(pair.worst()),
                    Goals.of(pair).map(goal -> Amounts.bound(goal.bound())).orElse(""),
                    Amounts.time(pair.figure().score().median()),
                    Amounts.time(pair.partner().score().median()));
        }
        return table;
    }
}
