package org.corral.benchmarks.report;

import java.util.List;
import org.corral.benchmarks.report.chart.Amounts;
import org.corral.benchmarks.report.chart.LineChart;
import org.corral.benchmarks.report.chart.LineChartBuilder;
import org.corral.benchmarks.report.chart.Parameters;
import org.corral.benchmarks.report.chart.Table;
import org.corral.benchmarks.report.figures.Measured;
import org.corral.benchmarks.report.figures.Scaling;

/** What each cgroup costs among few and among many. */
final class ScalingSection {

    private ScalingSection() {}

    static Section of(Measured measured) {
        List<Scaling> scalings = measured.scalings();
        List<LineChart> charts = ByGroup.of(scalings, Scaling::subject).stream()
                .map(group -> new LineChartBuilder(group).build())
                .toList();
        return new Section(
                "Cost of each cgroup, among few and many",
                "The time of a whole pass divided by the number of cgroups. Level is good: nothing gets dearer by being many.",
                List.of(),
                charts,
                table(scalings));
    }

    private static Table table(List<Scaling> scalings) {
        Table table = Table.of("Benchmark", "Parameters", "#Cgroups", "#Each", "#Range", "#All");
        for (Scaling scaling : scalings) {
            for (var measured : scaling.byNumber().entrySet()) {
                int number = measured.getKey();
                var score = measured.getValue().score();
                table = table.with(
                        "plain",
                        scaling.subject().name(),
                        Parameters.all(scaling.subject()),
                        Integer.toString(number),
                        Amounts.time(score.median() / number),
                        Amounts.time(score.low() / number) + " – " + Amounts.time(score.high() / number),
                        Amounts.time(score.median()));
            }
        }
        return table;
    }
}
