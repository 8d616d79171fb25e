package org.corral.benchmarks.report;

import java.util.List;
import org.corral.benchmarks.report.chart.BarGroup;
import org.corral.benchmarks.report.chart.LineChart;
import org.corral.benchmarks.report.chart.Table;

/**
 * A part of the report. Immutable.
 *
 * @param title of it
 * @param lead what its figures are
 * @param bars that it shows, none if it has none
 * @param lines that it shows, none if it has none
 * @param table the same as text
 */
record Section(String title, String lead, List<BarGroup> bars, List<LineChart> lines, Table table) {

    Section {
        bars = List.copyOf(bars);
        lines = List.copyOf(lines);
    }

    /** {@return whether the table is shown at once: it is not below a chart} */
    boolean isTableOnly() {
        return bars.isEmpty() && lines.isEmpty();
    }

    boolean isEmpty() {
        return table.rows().isEmpty();
    }
}
