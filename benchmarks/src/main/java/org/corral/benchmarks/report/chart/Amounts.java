package org.corral.benchmarks.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.corral.benchmarks.report.figures.Bound;
import org.corral.benchmarks.report.figures.Score;

/** Writes amounts with three digits that count, in the unit that suits them. */
public final class Amounts {

    private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] SIZES = {"B", "kB", "MB", "GB"};
    private static final int THOUSAND = 1000;

    private Amounts() {}

    /** {@return a ratio, as {@code 1.06 ×}} */
    public static String ratio(double ratio) {
        return number(ratio) + " ×";
    }

    /** {@return a time, as {@code 7.42 µs}} */
    public static String time(double nanos) {
        return scaled(nanos, TIMES);
    }

    /** {@return a size, as {@code 62.9 kB}, which is 62,900 bytes} */
    public static String size(double bytes) {
        return bytes < 0.005 && bytes > -0.005 ? "0 B" : scaled(bytes, SIZES);
    }

    /** {@return what JMH measured, with its unit} */
    public static String of(double value, String unit) {
        return unit.equals(Score.NANOS) ? time(value) : number(value) + " " + unit;
    }

    /** {@return what is asked of a ratio, as {@code ≤ 1.15 ×}} */
    public static String bound(Bound bound) {
        return (bound.isMost() ? "≤ " : "≥ ") + number(bound.limit()) + " ×";
    }

    private static String scaled(double value, String[] units) {
        double rest = value;
        int unit = 0;
        while (Math.abs(rest) >= THOUSAND - 0.5 && unit < units.length - 1) {
            rest /= THOUSAND;
            unit++;
        }
        return number(rest) + " " + units[unit];
    }

    /** {@return a number with three digits that count and no exponent; a dash if it is none} */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(THREE);
        int places = Math.abs(value) < 1 ? 2 : Math.max(0, rounded.scale());
        BigDecimal shown = rounded.setScale(Math.min(2, places), RoundingMode.HALF_UP);
        return shown.signum() == 0 || shown.stripTrailingZeros().scale() <= 0
                ? shown.setScale(0, RoundingMode.HALF_UP).toPlainString()
                : shown.toPlainString();
    }
}
