package org.corral.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;
import org.corral.benchmarks.report.chart.Amounts;
import org.corral.benchmarks.report.chart.Parameters;
import org.corral.benchmarks.report.chart.Table;
import org.corral.benchmarks.report.figures.AllocationGoal;
import org.corral.benchmarks.report.figures.Goal;
import org.corral.benchmarks.report.figures.Goals;
import org.corral.benchmarks.report.figures.Measured;
import org.corral.benchmarks.report.figures.Outcome;
import org.corral.benchmarks.report.figures.Subject;

/** What is asked, and what came of it: kept or not. */
final class GoalsSection {

    private GoalsSection() {}

    static Section of(Measured measured) {
        Table table = Table.of("What", "#Asked", "#Measured", "Result", "Benchmarks");
        for (Goal goal : Goals.ALL) {
            table = withOutcomes(table, goal, goal.outcomes(measured));
        }
        return new Section(
                "Asked and measured",
                "Ratios of medians, each within one run. “Against” tells by how much the first is dearer (≤) or faster (≥). "
                        + "JMH's own allocation is counted too, so less than 0.1 B is nothing. System calls are counted by benchmarks/guard.",
                List.of(),
                List.of(),
                table);
    }

    private static Table withOutcomes(Table table, Goal goal, List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return table.with("open", goal.what(), asked(goal), "–", "not measured", "");
        }
        Table longer = table;
        for (Outcome outcome : outcomes) {
            longer = longer.with(
                    outcome.isKept() ? "kept" : "missed",
                    goal.what(),
                    asked(goal),
                    shown(goal, outcome.value()),
                    outcome.isKept() ? "✓ kept" : "✗ missed",
                    names(outcome.of()));
        }
        return longer;
    }

    private static String asked(Goal goal) {
        return goal instanceof AllocationGoal ? Amounts.size(0) : Amounts.bound(goal.bound());
    }

    private static String shown(Goal goal, double value) {
        return goal instanceof AllocationGoal ? Amounts.size(value) : Amounts.ratio(value);
    }

    private static String names(List<Subject> subjects) {
        String methods = subjects.stream().map(Subject::method).collect(Collectors.joining(" / "));
        Subject first = subjects.get(0);
        return (first.group() + "." + methods + " " + Parameters.all(first)).strip();
    }
}
