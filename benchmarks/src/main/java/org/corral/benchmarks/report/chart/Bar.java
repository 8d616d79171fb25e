package org.corral.benchmarks.report.chart;

import java.util.Optional;

/**
 * A bar with its label. Immutable.
 *
 * @param label what it is
 * @param parameters that it was measured with, empty if that says nothing new
 * @param value what it says
 * @param state how it is drawn: {@code kept}, {@code missed}, {@code plain} or {@code partner}
 * @param length of the bar
 * @param spread the range of what was measured, empty if unknown
 * @param bound what is asked, empty if nothing is
 */
public record Bar(
        String label,
        String parameters,
        String value,
        String state,
        String length,
        Optional<Spread> spread,
        Optional<Tick> bound) {

    /**
     * A range. Immutable.
     *
     * @param from where it begins
     * @param to where it ends
     */
    public record Spread(String from, String to) {}
}
