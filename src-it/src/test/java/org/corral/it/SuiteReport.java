package org.corral.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes how a run of the suite went into the file that {@code CORRAL_SUITE_REPORT} names, for {@code src-it/matrix}: lines
 * of fields between tabs, {@code passed N}, {@code failed TEST CAUSE}, {@code skipped N REASON}. Does nothing without it.
 * Called by JUnit on one thread at a time.
 */
public final class SuiteReport implements TestExecutionListener {

    private static final String FILE = "CORRAL_SUITE_REPORT";

    private final @Nullable String file;
    private final Map<String, Integer> skipped = new TreeMap<>();
    private final List<String> failed = new ArrayList<>();
    private @Nullable TestPlan plan;
    private int passed;

    /** Made by JUnit. */
    public SuiteReport() {
        this(System.getenv(FILE));
    }

    SuiteReport(@Nullable String file) {
        this.file = file;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    /** Skipped may be a whole class, and counts as many as there are tests in it. */
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped.merge(reason, Math.max(1, testsIn(test)), Integer::sum);
    }

    private int testsIn(TestIdentifier test) {
        if (plan == null) {
            return 1;
        }
        return (int) plan.getDescendants(test).stream()
                .filter(below ->
                        below.getSource().filter(MethodSource.class::isInstance).isPresent())
                .count();
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String cause = result.getThrowable().map(SuiteReport::firstLine).orElse("");
        if (result.getStatus() == Status.FAILED) {
            failed.add(nameOf(test) + "\t" + cause);
        } else if (result.getStatus() == Status.ABORTED) {
            skipped.merge(cause, 1, Integer::sum);
        } else if (test.isTest()) {
            passed++;
        }
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(cause.toString())
                .replace('\t', ' ');
    }

    private static String nameOf(TestIdentifier test) {
        Optional<String> method = test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(source -> source.getClassName().replaceAll(".*\\.", "") + "." + source.getMethodName());
        return method.map(name -> name.endsWith(test.getDisplayName().replace("()", ""))
                        ? name
                        : name + " " + test.getDisplayName())
                .orElse(test.getDisplayName());
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        if (file == null) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("passed\t" + passed);
        failed.forEach(failure -> lines.add("failed\t" + failure));
        skipped.forEach((reason, count) -> lines.add("skipped\t" + count + "\t" + reason.replace('\t', ' ')));
        try {
            Files.write(Path.of(file), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + "=" + file, e);
        }
    }
}
