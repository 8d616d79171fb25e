package org.corral.benchmarks.report.figures;

/**
 * A measurement beside its floor or its baseline, of the same run and with the same parameters. Immutable.
 *
 * @param figure what is looked at
 * @param partner what it is compared with
 */
public record Comparison(Figure figure, Figure partner) {

    /** {@return whether it is told how many times dearer this is, and not how many times faster} */
    public boolean isOfCost() {
        return partner.subject().isFloor()
                || Goals.of(this).map(goal -> goal.bound().isMost()).orElse(false);
    }

    /** {@return by which factor the medians differ} */
    public double ratio() {
        return ratio(figure.score().median());
    }

    /** {@return the ratio of the figure's best} */
    public double best() {
        return ratio(figure.score().low());
    }

    /** {@return the ratio of the figure's worst} */
    public double worst() {
        return ratio(figure.score().high());
    }

    private double ratio(double nanos) {
        double other = partner.score().median();
        return isOfCost() ? nanos / other : other / nanos;
    }

    /** {@return both names, as {@code sample / floorPread}} */
    public String methods() {
        return figure.subject().method() + " / " + partner.subject().method();
    }
}
