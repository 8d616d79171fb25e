package org.corral.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.harness.Cancellation;
import org.corral.harness.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A short soak, and what a long one would say if something were wrong. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.EVENTFD, Need.FREEZER, Need.CPU, Need.MEMORY, Need.PIDS})
class SoakIT {

    private static final int ROUNDS = 2;
    private static final int STEPS = 250;

    private static final Resources LIMITS = Resources.NONE
            .withCpus(CpuAmount.parse("0.5"))
            .withMemory(DataSize.ofMebibytes(64))
            .withPids(20);

    @Test
    void soak_aFewRounds_noFaultAndNothingLeft(TestRoot root) throws Exception {
        long seed = Long.getLong("corral.it.seed", System.nanoTime());
        try (Cancellation cancellation = Cancellation.atShutdown("SoakIT")) {
            SoakPlan plan = new SoakPlan(Duration.ZERO, ROUNDS, STEPS, seed);
            SoakFigures figures = new SoakRun(root, plan, cancellation, new Progress.Nothing()).run();
            assertThat(figures.complaints()).as("seed %s", seed).isEmpty();
            assertThat(figures.steps()).containsOnlyKeys(SoakStep.values());
            assertThat(figures.getAllSteps()).isEqualTo((ROUNDS + 1) * STEPS);
            assertThat(figures.killedAgents()).isEqualTo(ROUNDS);
            assertThat(figures.points()).hasSize(ROUNDS);
            System.out.print(SoakTable.of(figures));
        }
    }

    @Test
    void soak_interrupted_endsAtOnceAndLeavesNothing() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(told, true, UTF_8);
        Cancellation cancellation = Cancellation.atShutdown("SoakIT");
        cancellation.ask();
        assertThat(Soak.execute(System.out, err, cancellation, "--minutes=60")).isEqualTo(130);
        assertThat(told.toString(UTF_8)).contains("interrupted");
    }

    @Test
    void differences_limitChangedBehindTheModel_isNamed(TestRoot root) throws Exception {
        try (Host host = Host.open(root)) {
            SoakModel model = new SoakModel();
            SoakContainer container = launch(host, root);
            model.put(container);
            SoakComparison comparison = new SoakComparison(root, model);
            assertThat(comparison.differences(host)).isEmpty();
            Files.writeString(ControlFile.PIDS_MAX.of(root, container.id().value()), "21");
            model.put(container.paused(true));
            assertThat(comparison.differences(host))
                    .satisfiesExactlyInAnyOrder(
                            pids -> assertThat(pids).contains("pids.max is 21 and not 20"),
                            state -> assertThat(state).contains("is not frozen"));
        }
    }

    @Test
    void differences_containerMissingOrTooMuch_isNamed(TestRoot root) throws Exception {
        try (Host host = Host.open(root)) {
            SoakModel model = new SoakModel();
            SoakContainer container = launch(host, root);
            SoakComparison comparison = new SoakComparison(root, model);
            assertThat(comparison.differences(host)).anyMatch(each -> each.contains("+" + container.id()));
            model.put(container);
            host.destroy(container.id());
            assertThat(comparison.differences(host)).anyMatch(each -> each.startsWith("the agent knows []"));
        }
    }

    @Test
    void settle_endIsAnotherThanWasDue_isNamed(TestRoot root) throws Exception {
        try (Host host = Host.open(root)) {
            SoakModel model = new SoakModel();
            SoakContainer container = launch(host, root);
            model.put(container);
            SoakHands hands = new SoakHands(root, host, model, new Random(1));
            host.containers().kill(container.id(), 15);
            host.end(container.id());
            hands.destroy(container);
            assertThat(hands.settle()).singleElement().satisfies(fault -> assertThat(fault)
                    .contains("should have ended DESTROYED", "SIGNALED"));
        }
    }

    @Test
    void complaints_figureThatGrowsBeyondItsBound_isNamed() {
        assertThat(growing(SoakDrift.WARM_UP_ROUNDS + 6, 1).complaints()).isEmpty();
        assertThat(growing(SoakDrift.WARM_UP_ROUNDS + 6, 2).complaints())
                .singleElement()
                .satisfies(complaint -> assertThat(complaint).contains("drift", "descriptors"));
        assertThat(growing(SoakDrift.WARM_UP_ROUNDS + 2, 9).complaints()).isEmpty();
    }

    /** So many descriptors more in each round. */
    private static SoakFigures growing(int rounds, int more) {
        List<SoakPoint> points = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            points.add(new SoakPoint(i, i, 0, 0, (long) i * more, 0, 0));
        }
        return new SoakFigures(
                SoakFigures.Setting.of(1, rounds, rounds), Map.of(), 0, "", 0, List.of(), List.of(), points);
    }

    private static SoakContainer launch(Host host, TestRoot root) throws IOException {
        ContainerId id = host.launch(
                "stays-1",
                Host.command("sleep", "1000")
                        .environment(MarkedProcesses.of(root).environment())
                        .resources(LIMITS));
        return new SoakContainer(id, host.pid(id), LIMITS, false);
    }
}
