package org.corral.it;

import java.util.List;
import java.util.Locale;

/** What a soak has found, as Markdown for people. */
final class SoakTable {

    private final StringBuilder text = new StringBuilder();

    private SoakTable() {}

    /** {@return the lines, each ended by a line break} */
    static String of(SoakFigures figures) {
        SoakTable table = new SoakTable();
        table.summary(figures);
        table.steps(figures);
        table.drift(figures);
        return table.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void summary(SoakFigures figures) {
        line(String.format(
                Locale.ROOT,
                "%,d steps in %,.0f s with seed %d, %.0f a second while steps were taken; %,d agents killed; the host compared"
                        + " %,d times with the model: **%d faults, %d leaks**.",
                figures.getAllSteps(),
                figures.run().seconds(),
                figures.run().seed(),
                figures.getStepsPerSecond(),
                figures.killedAgents(),
                figures.comparisons(),
                figures.faults().size(),
                figures.left().size()));
        line("");
        line("Of the killed agents: " + figures.ledger() + ".");
    }

    private void steps(SoakFigures figures) {
        line("");
        line("| step | times |");
        line("|---|---:|");
        figures.steps()
                .forEach((step, times) -> line(
                        String.format(Locale.ROOT, "| %s | %,d |", step.name().toLowerCase(Locale.ROOT), times)));
    }

    private void drift(SoakFigures figures) {
        List<SoakDrift.Moved> drift = figures.getDrift();
        line("");
        if (drift.isEmpty()) {
            line("There were too few rounds to tell a drift.");
            return;
        }
        line("| drift over " + figures.points().size() + " rounds | at first | at last | change | bound |");
        line("|---|---:|---:|---:|---:|");
        drift.forEach(moved -> line(row(moved)));
    }

    private static String row(SoakDrift.Moved moved) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %+,.0f | %+,d |",
                moved.unit().isEmpty() ? moved.what() : moved.what() + ", " + moved.unit(),
                moved.first(),
                moved.last(),
                moved.last() - moved.first(),
                moved.bound());
    }
}
