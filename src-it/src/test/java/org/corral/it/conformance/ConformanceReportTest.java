package org.corral.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of some tests that cite behaviours, told to the report step by step; none of them is run. */
class ConformanceReportTest {

    private static final String TESTS = "org.corral.it.MountTableIT";

    private final TestPlan plan = LauncherFactory.create()
            .discover(LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(TESTS))
                    .build());

    private final Path directory;
    private final ConformanceReport report;

    ConformanceReportTest(@TempDir Path directory) {
        this.directory = directory;
        this.report = new ConformanceReport(directory, new PrintStream(OutputStream.nullOutputStream()));
        report.testPlanExecutionStarted(plan);
    }

    private List<TestIdentifier> all(Predicate<TestIdentifier> wanted) {
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .filter(wanted)
                .toList();
    }

    private static boolean isClass(TestIdentifier each) {
        return each.isContainer() && each.getParentId().isPresent();
    }

    private String written() throws IOException {
        report.testPlanExecutionFinished(plan);
        return Files.readString(directory.resolve("conformance.txt"));
    }

    @Test
    void finished_somePassedSomeFailed_eachIsTold() throws Exception {
        List<TestIdentifier> tests = all(TestIdentifier::isTest);
        report.executionFinished(tests.get(0), TestExecutionResult.failed(new AssertionError("\nExpecting\nmore")));
        tests.subList(1, tests.size())
                .forEach(test -> report.executionFinished(test, TestExecutionResult.successful()));
        assertThat(written())
                .contains("FAILED: Expecting")
                .contains("3 behaviours tried, 2 passed, 1 failed, 0 skipped");
    }

    @Test
    void skipped_wholeClass_allOfItsBehavioursAre() throws Exception {
        report.executionSkipped(all(ConformanceReportTest::isClass).get(0), "needs V2");
        assertThat(written()).contains("skipped: needs V2").contains("0 passed, 0 failed, 3 skipped");
    }

    @Test
    void finished_testGaveUp_isSkipped() throws Exception {
        report.executionFinished(
                all(TestIdentifier::isTest).get(0), TestExecutionResult.aborted(new IOException("no disk")));
        assertThat(written()).contains("no disk").contains("0 passed, 0 failed, 1 skipped");
    }

    @Test
    void finished_classCannotBePrepared_allOfItsBehavioursFailed() throws Exception {
        report.executionFinished(
                all(ConformanceReportTest::isClass).get(0), TestExecutionResult.failed(new IOException("no mounts")));
        assertThat(written()).contains("no mounts").contains("0 passed, 3 failed, 0 skipped");
    }

    @Test
    void finished_noSuchTests_writesNothing() {
        report.testPlanExecutionFinished(plan);
        assertThat(directory).isEmptyDirectory();
    }
}
