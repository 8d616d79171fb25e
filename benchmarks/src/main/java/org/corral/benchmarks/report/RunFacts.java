package org.corral.benchmarks.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.corral.benchmarks.report.jmh.JmhResult;
import org.corral.benchmarks.report.jmh.JmhRun;

/** Tells what measured, and when. */
final class RunFacts {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private RunFacts() {}

    static List<Fact> of(List<JmhRun> runs) {
        return List.of(
                new Fact("JDK", each(runs, result -> result.jdkVersion())),
                new Fact("VM", each(runs, result -> result.vmName() + " " + result.vmVersion())),
                new Fact("JMH", each(runs, result -> result.jmhVersion())),
                new Fact("Measured for", each(runs, RunFacts::effort)),
                new Fact("Measured", dates(runs)));
    }

    private static String effort(JmhResult result) {
        return result.forks() + " × " + result.measurementIterations() + " × " + result.measurementTime();
    }

    private static String each(List<JmhRun> runs, Function<JmhResult, String> value) {
        return runs.stream()
                .flatMap(run -> run.results().stream())
                .map(value)
                .distinct()
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String dates(List<JmhRun> runs) {
        List<Instant> sorted = runs.stream().map(JmhRun::measured).sorted().toList();
        return Stream.of(sorted.get(0), sorted.get(sorted.size() - 1))
                .map(MINUTES::format)
                .distinct()
                .collect(Collectors.joining(" to "));
    }
}
