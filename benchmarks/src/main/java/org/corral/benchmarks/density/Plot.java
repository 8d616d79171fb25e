package org.corral.benchmarks.density;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Pass time and CPU share over time, as SVG that needs no other file. */
final class Plot {

    private static final int WIDTH = 800;
    private static final int PANEL = 160;
    private static final int FIRST_TOP = 60;
    private static final int SECOND_TOP = 280;
    private static final double PERCENT = 100;

    private static final String FRAME =
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="-70 0 900 480" font-family="sans-serif" font-size="13">
              <style>
                svg { background: #fff; fill: #222; } polyline { fill: none; stroke-width: 1.5; } line { stroke: #999; }
                .pass { stroke: #1668c4; } .cpu { stroke: #c4561a; }
                @media (prefers-color-scheme: dark) { svg { background: #1b1b1b; fill: #ddd; } line { stroke: #777; } }
              </style>
              <text y="24" font-size="16">%s</text>
            %s%s</svg>
            """;

    private Plot() {}

    /** {@return the picture of a run} */
    static String of(Figures figures) {
        Figures.Setting run = figures.run();
        String title =
                run.containers() + " containers, Linux " + run.kernel() + ", JDK " + run.jdk() + ", " + run.date();
        return of(figures.steady().passes(), title);
    }

    static String of(List<PassPoint> points, String title) {
        return FRAME.formatted(
                title,
                chart(points, FIRST_TOP, "pass", "µs that a pass takes", PassPoint::passMicros),
                chart(points, SECOND_TOP, "cpu", "% of one CPU, of the agent", point -> PERCENT * point.cpuShare()));
    }

    private static String chart(
            List<PassPoint> points, int top, String style, String unit, ToDoubleFunction<PassPoint> number) {
        double most = points.stream().mapToDouble(number).max().orElse(0);
        double end = points.stream().mapToDouble(PassPoint::seconds).max().orElse(0);
        double perPixel = most == 0 ? 1 : most / PANEL; // all zero is a line at the bottom
        String line = points.stream()
                .map(point -> at(point.seconds() / end * WIDTH, PANEL - number.applyAsDouble(point) / perPixel))
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                """
              <g transform="translate(0 %1$d)">
                <text y="-8">%2$s</text>
                <line x2="0" y2="160"/><line y1="160" x2="800" y2="160"/>
                <text x="-8" y="6" text-anchor="end">%3$s</text><text x="-8" y="160" text-anchor="end">0</text>
                <text y="178">0 s</text><text x="800" y="178" text-anchor="end">%4$.0f s</text>
                <polyline class="%5$s" points="%6$s"/>
              </g>
            """,
                top,
                unit,
                label(most),
                end,
                style,
                line);
    }

    private static String at(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }

    private static String label(double number) {
        return String.format(Locale.ROOT, number >= PERCENT ? "%,.0f" : "%.1f", number);
    }
}
