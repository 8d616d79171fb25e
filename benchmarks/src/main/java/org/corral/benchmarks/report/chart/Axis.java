package org.corral.benchmarks.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A linear axis from zero, marked at round values. Immutable.
 *
 * @param end the value at its end
 * @param step between two marks
 */
record Axis(double end, double step) {

    private static final int MOST_STEPS = 5;
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    /** {@return an axis that has room for a value} */
    static Axis upTo(double value) {
        double most = value > 0 && Double.isFinite(value) ? value : 1;
        double power = Math.pow(10, Math.floor(Math.log10(most / MOST_STEPS)));
        double step = power * ROUND[0];
        for (int i = 1; step * MOST_STEPS < most && i < ROUND.length; i++) {
            step = power * ROUND[i];
        }
        return new Axis(most, step);
    }

    /** {@return the same axis up to its next mark} */
    Axis whole() {
        return new Axis(Math.ceil(end / step - 1e-9) * step, step);
    }

    /** {@return the part of the length, between 0 and 100} */
    double part(double value) {
        return Math.max(0, Math.min(100, 100 * value / end));
    }

    /** {@return the part of the length, for a template} */
    String at(double value) {
        return percent(part(value));
    }

    /** {@return the round values, from zero on} */
    List<Double> marks() {
        return IntStream.rangeClosed(0, (int) Math.floor(end / step + 1e-9))
                .mapToObj(mark -> mark * step)
                .toList();
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f%%", part);
    }
}
