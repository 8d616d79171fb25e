package org.corral.it;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a soak has found. Immutable. What it is called here it is called in the JSON, for which what is derived has the name of a
 * getter.
 *
 * @param run what was done, and where
 * @param steps how often each was taken
 * @param killedAgents how many agents were killed and recovered from
 * @param ledger what those did
 * @param comparisons of the host with the model
 * @param faults what was not as the model has it
 * @param left behind on the host
 * @param points one a round
 */
record SoakFigures(
        Setting run,
        Map<SoakStep, Long> steps,
        int killedAgents,
        String ledger,
        int comparisons,
        List<String> faults,
        List<String> left,
        List<SoakPoint> points) {

    /**
     * What was done, and where.
     *
     * @param date when it ended, as ISO 8601
     * @param seconds how long it took
     * @param stepSeconds how much of that steps took, with the comparisons
     */
    record Setting(String date, String kernel, String jdk, int cpus, long seed, double seconds, double stepSeconds) {

        static Setting of(long seed, double seconds, double stepSeconds) {
            return new Setting(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    System.getProperty("os.version") + " " + System.getProperty("os.arch"),
                    Runtime.version().toString(),
                    Runtime.getRuntime().availableProcessors(),
                    seed,
                    seconds,
                    stepSeconds);
        }
    }

    /** {@return of all kinds} */
    public long getAllSteps() {
        return steps.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@return while steps were taken} */
    public double getStepsPerSecond() {
        return getAllSteps() / run.stepSeconds;
    }

    /** {@return how much each moved; nothing if there were too few rounds to tell} */
    public List<SoakDrift.Moved> getDrift() {
        return Arrays.stream(SoakDrift.values())
                .map(each -> each.moved(points))
                .flatMap(Optional::stream)
                .toList();
    }

    /** {@return what was not as it should be, for people; empty if all was} */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(faults);
        left.forEach(each -> complaints.add("left behind: " + each));
        getDrift().stream().filter(SoakDrift.Moved::isTooMuch).forEach(moved -> complaints.add("drift: " + moved));
        return complaints;
    }
}
