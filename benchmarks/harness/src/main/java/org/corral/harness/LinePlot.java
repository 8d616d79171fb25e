package org.corral.harness;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures over time, one below the other, as SVG that needs no other file. */
public final class LinePlot {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 160;
    private static final int FIRST_TOP = 60;
    private static final int DISTANCE = 220;
    private static final int MARGIN = 40;

    /** From here on the fraction of a number is not worth to be read. */
    private static final double WHOLE = 100;

    private static final String FRAME =
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="-70 0 900 %d" font-family="sans-serif" font-size="13">
              <style>
                svg { background: #fff; fill: #222; } polyline { fill: none; stroke-width: 1.5; } line { stroke: #999; }
                g:nth-of-type(odd) polyline { stroke: #1668c4; } g:nth-of-type(even) polyline { stroke: #c4561a; }
                @media (prefers-color-scheme: dark) { svg { background: #1b1b1b; fill: #ddd; } line { stroke: #777; } }
              </style>
              <text y="24" font-size="16">%s</text>
            %s</svg>
            """;

    private LinePlot() {}

    /**
     * A figure at a moment.
     *
     * @param seconds since the run began
     * @param value of the figure; one below 0 is drawn below the axis
     */
    public record Point(double seconds, double value) {}

    /**
     * One figure.
     *
     * @param label what it is, and its unit
     * @param points in the order of time
     */
    public record Panel(String label, List<Point> points) {

        /** Copies the points. */
        public Panel {
            points = List.copyOf(points);
        }
    }

    /** {@return the picture; a panel begins at 0 and ends at the most of its figure} */
    public static String of(String title, List<Panel> panels) {
        StringBuilder charts = new StringBuilder();
        for (int i = 0; i < panels.size(); i++) {
            charts.append(chart(panels.get(i), FIRST_TOP + i * DISTANCE));
        }
        return FRAME.formatted(MARGIN + panels.size() * DISTANCE, title, charts);
    }

    private static String chart(Panel panel, int top) {
        double most = panel.points.stream().mapToDouble(Point::value).max().orElse(0);
        double end = panel.points.stream().mapToDouble(Point::seconds).max().orElse(0);
        double perPixel = most == 0 ? 1 : most / HEIGHT; // all zero is a line at the bottom
        String line = panel.points.stream()
                .map(point -> at(point.seconds / end * WIDTH, HEIGHT - point.value / perPixel))
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                """
              <g transform="translate(0 %1$d)">
                <text y="-8">%2$s</text>
                <line x2="0" y2="160"/><line y1="160" x2="800" y2="160"/>
                <text x="-8" y="6" text-anchor="end">%3$s</text><text x="-8" y="160" text-anchor="end">0</text>
                <text y="178">0 s</text><text x="800" y="178" text-anchor="end">%4$.0f s</text>
                <polyline points="%5$s"/>
              </g>
            """,
                top,
                panel.label,
                label(most),
                end,
                line);
    }

    private static String at(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }

    private static String label(double number) {
        return String.format(Locale.ROOT, number >= WHOLE ? "%,.0f" : "%.1f", number);
    }
}
