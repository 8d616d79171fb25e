package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import jdk.jfr.consumer.RecordedEvent;
import org.corral.containerizer.jfr.FlightRecording;
import org.corral.core.ContainerState;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.TerminationReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the counts and the flight recorder are told of launches and ends. */
class LifeRecordsTest extends LifecycleFixture {

    private void launchInVain() {
        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST)).isInstanceOf(LaunchException.class);
    }

    private void destroy() {
        containerizer.destroy(ID).toCompletableFuture().join();
    }

    @Test
    void launch_succeeds_isCountedAndRecordedWithItsStages() throws Exception {
        host.script.during("b.prepare", LifeRecordsTest::pause);

        List<RecordedEvent> events =
                FlightRecording.of("corral.ContainerLaunch", () -> containerizer.launch(ID, REQUEST));

        assertThat(containerizer.counts().launches()).isOne();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getString("container")).isEqualTo("web-1");
            assertThat(event.getString("program")).isEqualTo("/bin/server");
            assertThat(event.getString("failedStage")).isNull();
            assertThat(event.getString("failure")).isNull();
            assertThat(event.getDuration("preparing")).isGreaterThanOrEqualTo(Duration.ofMillis(5));
            assertThat(event.getDuration("isolating")).isPositive();
            assertThat(event.getDuration("releasing")).isPositive();
            assertThat(stages(event)).isLessThanOrEqualTo(event.getDuration());
        });
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration stages(RecordedEvent event) {
        return event.getDuration("preparing")
                .plus(event.getDuration("isolating"))
                .plus(event.getDuration("releasing"));
    }

    @ParameterizedTest
    @CsvSource({"a.prepare,PREPARING", "fork,ISOLATING", "b.isolate,ISOLATING", "release,RUNNING"})
    void launch_fails_isCountedAndRecordedWithTheStage(String step, ContainerState stage) throws Exception {
        host.script.fail(step, new LaunchException(LaunchException.Kind.FAILED, "no " + step));

        List<RecordedEvent> events = FlightRecording.of("corral.ContainerLaunch", this::launchInVain);

        assertThat(containerizer.counts().launches()).isZero();
        assertThat(containerizer.counts().launchFailures(stage)).isOne();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getString("failedStage")).isEqualTo(stage.name().toLowerCase(Locale.ROOT));
            assertThat(event.getString("failure")).isEqualTo("no " + step);
        });
    }

    @Test
    void launch_idIsTaken_isNoFailure() throws Exception {
        containerizer.launch(ID, REQUEST);

        List<RecordedEvent> events =
                FlightRecording.of("corral.ContainerLaunch", () -> containerizer.launch(ID, REQUEST));

        assertThat(events).isEmpty();
        assertThat(containerizer.counts().launches()).isOne();
        assertThat(containerizer.counts().launchFailures(ContainerState.STARTING))
                .isZero();
    }

    @Test
    void launch_destroyedMeanwhile_isAFailureAndNoEnd() {
        host.script.during("b.prepare", () -> containerizer.destroy(ID));

        launchInVain();

        assertThat(containerizer.counts().launchFailures(ContainerState.PREPARING))
                .isOne();
        assertThat(containerizer.counts().ends(TerminationReason.DESTROYED)).isZero();
    }

    @Test
    void exit_byItself_isCountedAndRecordedWithCode() throws Exception {
        List<RecordedEvent> events = FlightRecording.of("corral.ContainerEnd", () -> {
            containerizer.launch(ID, REQUEST);
            host.launcher.process.end(new ExitStatus.Exited(3));
            containerizer.wait(ID).toCompletableFuture().join();
        });

        assertThat(containerizer.counts().ends(TerminationReason.EXITED)).isOne();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getString("container")).isEqualTo("web-1");
            assertThat(event.getString("reason")).isEqualTo("exited");
            assertThat(event.getInt("exitCode")).isEqualTo(3);
            assertThat(event.getInt("signal")).isEqualTo(-1);
            assertThat(event.getDuration("lifetime")).isPositive();
            assertThat(event.getDuration()).isPositive();
        });
    }

    @Test
    void end_failsAndIsRepeated_bothAreCountedAndRecorded() throws Exception {
        containerizer.launch(ID, REQUEST);
        host.script.fail("a.cleanup", new IOException("busy"));

        List<RecordedEvent> events = FlightRecording.of("corral.ContainerEnd", () -> {
            host.launcher.process.end(new ExitStatus.Exited(0));
            assertThatThrownBy(
                            () -> containerizer.wait(ID).toCompletableFuture().join())
                    .hasMessageContaining("busy");
            host.script.repair("a.cleanup");
            destroy();
        });

        assertThat(containerizer.counts().endFailures()).isOne();
        assertThat(containerizer.counts().ends(TerminationReason.EXITED)).isOne();
        assertThat(events).extracting(event -> event.getString("failure")).containsExactly("busy", null);
        assertThat(events).extracting(event -> event.getString("reason")).containsExactly(null, "exited");
    }
}
