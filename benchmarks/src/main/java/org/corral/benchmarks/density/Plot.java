package org.corral.benchmarks.density;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.corral.harness.LinePlot;

/** Pass time and CPU share over time. */
final class Plot {

    private static final double PERCENT = 100;

    private Plot() {}

    /** {@return the picture of a run} */
    static String of(Figures figures) {
        Figures.Setting run = figures.run();
        String title =
                run.containers() + " containers, Linux " + run.kernel() + ", JDK " + run.jdk() + ", " + run.date();
        return of(figures.steady().passes(), title);
    }

    static String of(List<PassPoint> points, String title) {
        return LinePlot.of(
                title,
                List.of(
                        panel(points, "µs that a pass takes", PassPoint::passMicros),
                        panel(points, "% of one CPU, of the agent", point -> PERCENT * point.cpuShare())));
    }

    private static LinePlot.Panel panel(List<PassPoint> points, String label, ToDoubleFunction<PassPoint> number) {
        return new LinePlot.Panel(
                label,
                points.stream()
                        .map(point -> new LinePlot.Point(point.seconds(), number.applyAsDouble(point)))
                        .toList());
    }
}
