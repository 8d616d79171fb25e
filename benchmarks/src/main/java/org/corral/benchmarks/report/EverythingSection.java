package org.corral.benchmarks.report;

import java.util.List;
import org.corral.benchmarks.report.chart.Amounts;
import org.corral.benchmarks.report.chart.Parameters;
import org.corral.benchmarks.report.chart.Table;
import org.corral.benchmarks.report.figures.Figure;
import org.corral.benchmarks.report.figures.Measured;
import org.corral.benchmarks.report.figures.Score;
import org.corral.benchmarks.report.figures.Subject;

/** All measurements, also those that are compared with nothing. */
final class EverythingSection {

    private EverythingSection() {}

    static Section of(Measured measured) {
        Table table = Table.of("Benchmark", "Parameters", "Mode", "#Median", "#Range", "#Score", "#Error");
        for (Figure figure : measured.figures()) {
            table = with(table, figure.subject(), figure.score());
        }
        return new Section(
                "Every measurement",
                "Score and error (99.9 %) are JMH's, a mean. The range is that of iterations; in the mode sample it is p50 to p99 of single calls.",
                List.of(),
                List.of(),
                table);
    }

    private static Table with(Table table, Subject subject, Score score) {
        return table.with(
                "plain",
                subject.name(),
                Parameters.all(subject),
                subject.parameters().getOrDefault(Subject.MODE, ""),
                Amounts.of(score.median(), score.unit()),
                Amounts.of(score.low(), score.unit()) + " – " + Amounts.of(score.high(), score.unit()),
                Amounts.of(score.mean(), score.unit()),
                Double.isFinite(score.error()) ? "± " + Amounts.of(score.error(), score.unit()) : "");
    }
}
