package org.corral.it;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.corral.harness.LinePlot;

/** A picture of a soak: steps, and all that should not drift, over time. */
final class SoakPlot {

    private SoakPlot() {}

    /** {@return it as SVG} */
    static String of(SoakFigures figures) {
        SoakFigures.Setting run = figures.run();
        String title =
                "Soak with seed " + run.seed() + ", Linux " + run.kernel() + ", JDK " + run.jdk() + ", " + run.date();
        List<LinePlot.Panel> panels = new ArrayList<>();
        panels.add(panel("steps", figures, SoakPoint::steps));
        for (SoakDrift drift : SoakDrift.values()) {
            panels.add(panel(drift.label(), figures, drift::of));
        }
        return LinePlot.of(title, panels);
    }

    private static LinePlot.Panel panel(String label, SoakFigures figures, ToDoubleFunction<SoakPoint> figure) {
        return new LinePlot.Panel(
                label,
                figures.points().stream()
                        .map(point -> new LinePlot.Point(point.seconds(), figure.applyAsDouble(point)))
                        .toList());
    }
}
