package org.corral.benchmarks.report;

import java.util.List;
import org.corral.benchmarks.report.chart.AllocationBars;
import org.corral.benchmarks.report.chart.Amounts;
import org.corral.benchmarks.report.chart.BarGroup;
import org.corral.benchmarks.report.chart.Parameters;
import org.corral.benchmarks.report.chart.Table;
import org.corral.benchmarks.report.figures.Figure;
import org.corral.benchmarks.report.figures.Measured;

/** What an operation leaves for the garbage collector. */
final class AllocationSection {

    private AllocationSection() {}

    static Section of(Measured measured) {
        List<Figure> figures = measured.figures().stream()
                .filter(figure -> figure.allocatedBytes().isPresent())
                .toList();
        List<BarGroup> groups = ByGroup.of(figures, Figure::subject).stream()
                .map(group -> new AllocationBars(group).group())
                .toList();
        return new Section(
                "Allocation of an operation",
                "Shorter is better. The median of iterations (gc.alloc.rate.norm); what JMH allocates around a long operation is in it, and in its floor.",
                groups,
                List.of(),
                table(figures));
    }

    private static Table table(List<Figure> figures) {
        Table table = Table.of("Benchmark", "Parameters", "#Allocated");
        for (Figure figure : figures) {
            table = table.with(
                    "plain",
                    figure.subject().name(),
                    Parameters.all(figure.subject()),
                    Amounts.size(figure.allocatedBytes().orElse(0.0)));
        }
        return table;
    }
}
