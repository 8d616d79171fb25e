package org.corral.it.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.corral.it.conformance.Trial.Outcome;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints after a run which {@linkplain MesosBehaviour behaviours} it has proved, and writes that to {@code
 * conformance.txt}, beside the file that {@code CORRAL_SUITE_REPORT} names or else in {@code target}. Only what has run
 * counts. Does nothing in a run without such tests. Called by JUnit on one thread at a time.
 */
public final class ConformanceReport implements TestExecutionListener {

    private static final String FILE = "conformance.txt";

    private final Path directory;
    private final PrintStream out;
    private final ConformanceResult result = new ConformanceResult();
    private Optional<TestPlan> plan = Optional.empty();

    /** Made by JUnit. */
    public ConformanceReport() {
        this(directory(), System.out);
    }

    ConformanceReport(Path directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    private static Path directory() {
        String report = System.getenv("CORRAL_SUITE_REPORT");
        Path target = Path.of(System.getProperty("basedir", ""), "target");
        return report == null
                ? target
                : Objects.requireNonNullElse(Path.of(report).getParent(), Path.of(""));
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = Optional.of(started);
    }

    /** Skipped may be a whole class. */
    @Override
    public void executionSkipped(TestIdentifier skipped, String reason) {
        note(skipped, Outcome.SKIPPED, reason);
        plan.ifPresent(all -> all.getDescendants(skipped).forEach(test -> note(test, Outcome.SKIPPED, reason)));
    }

    /** A class whose preparation fails takes its tests with it. */
    @Override
    public void executionFinished(TestIdentifier finished, TestExecutionResult end) {
        String cause = end.getThrowable().map(ConformanceReport::cause).orElse("");
        switch (end.getStatus()) {
            case SUCCESSFUL -> note(finished, Outcome.PASSED, "");
            case ABORTED -> note(finished, Outcome.SKIPPED, cause);
            case FAILED -> {
                note(finished, Outcome.FAILED, cause);
                plan.filter(all -> finished.isContainer())
                        .ifPresent(all -> all.getChildren(finished).forEach(test -> note(test, Outcome.FAILED, cause)));
            }
        }
    }

    private void note(TestIdentifier identifier, Outcome outcome, String reason) {
        if (identifier.isTest()) {
            identifier
                    .getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(source -> ((MethodSource) source).getJavaMethod())
                    .ifPresent(method -> note(method, outcome, firstLine(reason)));
        }
    }

    private void note(Method method, Outcome outcome, String reason) {
        MesosBehaviour proved = method.getAnnotation(MesosBehaviour.class);
        if (proved != null) {
            for (int number : proved.value()) {
                result.add(number, new Trial(Proof.nameOf(method), outcome, reason));
            }
        }
    }

    private static String cause(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        if (result.isEmpty()) {
            return;
        }
        List<String> lines = result.lines();
        lines.forEach(out::println);
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(FILE), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(directory.resolve(FILE).toString(), e);
        }
    }
}
