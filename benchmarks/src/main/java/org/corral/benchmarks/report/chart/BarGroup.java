package org.corral.benchmarks.report.chart;

import java.util.List;
import java.util.Optional;

/**
 * Bars that share an axis. Immutable.
 *
 * @param title what they have in common
 * @param parameters that all of them were measured with
 * @param unity where a ratio of one is, empty if these are no ratios
 * @param ticks of the axis
 * @param bars from top to bottom
 */
public record BarGroup(String title, String parameters, Optional<String> unity, List<Tick> ticks, List<Bar> bars) {

    /** Copies the lists. */
    public BarGroup {
        ticks = List.copyOf(ticks);
        bars = List.copyOf(bars);
    }
}
