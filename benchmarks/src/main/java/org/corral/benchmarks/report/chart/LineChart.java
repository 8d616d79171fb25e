package org.corral.benchmarks.report.chart;

import java.util.List;

/**
 * Lines over a logarithmic axis. Immutable.
 *
 * @param title what they are about
 * @param parameters that all of them were measured with
 * @param ticks of the axis across
 * @param levels of the axis upwards; where is told from the top
 * @param lines all of them
 */
public record LineChart(String title, String parameters, List<Tick> ticks, List<Tick> levels, List<Line> lines) {

    /** Copies the lists. */
    public LineChart {
        ticks = List.copyOf(ticks);
        levels = List.copyOf(levels);
        lines = List.copyOf(lines);
    }

    /**
     * A line. Immutable.
     *
     * @param label what it is
     * @param style how it is drawn: the number of its colour, and whether it is a floor
     * @param dots that it connects
     * @param segments between each two of them
     */
    public record Line(String label, String style, List<Dot> dots, List<Segment> segments) {

        /** Copies the lists. */
        public Line {
            dots = List.copyOf(dots);
            segments = List.copyOf(segments);
        }
    }

    /**
     * A measurement. Immutable.
     *
     * @param x how far right
     * @param y how far from the top
     * @param low where its range ends below
     * @param high where its range ends above
     * @param text what it says
     */
    public record Dot(String x, String y, String low, String high, String text) {}

    /**
     * A part of a line. Immutable.
     *
     * @param from where it begins
     * @param to where it ends
     */
    public record Segment(Dot from, Dot to) {}
}
