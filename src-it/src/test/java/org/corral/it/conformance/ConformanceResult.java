package org.corral.it.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.corral.it.conformance.Trial.Outcome;

/**
 * What became of the behaviours in a run. A behaviour has passed if some test of it has and none has failed; it was skipped
 * if all of its tests were. Confined to one thread.
 */
final class ConformanceResult {

    private final SortedMap<Integer, List<Trial>> trials = new TreeMap<>();

    void add(int behaviour, Trial trial) {
        trials.computeIfAbsent(behaviour, number -> new ArrayList<>()).add(trial);
    }

    boolean isEmpty() {
        return trials.isEmpty();
    }

    private static Outcome outcomeOf(List<Trial> trials) {
        if (has(trials, Outcome.FAILED)) {
            return Outcome.FAILED;
        }
        return has(trials, Outcome.PASSED) ? Outcome.PASSED : Outcome.SKIPPED;
    }

    private static boolean has(List<Trial> trials, Outcome outcome) {
        return trials.stream().anyMatch(trial -> trial.outcome() == outcome);
    }

    private long count(Outcome outcome) {
        return trials.values().stream()
                .filter(each -> outcomeOf(each) == outcome)
                .count();
    }

    /** {@return a table with a line for each test of each behaviour, and the counts} */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Conformance, behaviours by their numbers in docs/conformance.md:");
        trials.forEach((number, all) -> lines.addAll(linesOf(number, all)));
        lines.add(counts());
        return lines;
    }

    private static List<String> linesOf(int number, List<Trial> trials) {
        List<String> lines = new ArrayList<>();
        for (Trial trial : trials) {
            String first = lines.isEmpty() ? String.format("%3d %s", number, shown(outcomeOf(trials))) : "";
            String mark =
                    trial.outcome() == Outcome.PASSED ? "" : "  " + shown(trial.outcome()) + ": " + trial.reason();
            lines.add(String.format("  %-11s %s%s", first, trial.test(), mark));
        }
        return lines;
    }

    private static String shown(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "passed";
            case SKIPPED -> "skipped";
            case FAILED -> "FAILED";
        };
    }

    /** {@return how many behaviours there were, and what became of them} */
    String counts() {
        return String.format(
                "Conformance: %d behaviours tried, %d passed, %d failed, %d skipped",
                trials.size(), count(Outcome.PASSED), count(Outcome.FAILED), count(Outcome.SKIPPED));
    }
}
