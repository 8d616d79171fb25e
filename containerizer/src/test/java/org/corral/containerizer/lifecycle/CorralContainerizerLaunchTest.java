package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.Checkpoints;
import org.corral.core.ContainerState;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.corral.core.UnknownContainerException;
import org.corral.core.UpdateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorralContainerizerLaunchTest extends LifecycleFixture {

    private void assertNothingLeft() {
        assertThat(containerizer.containers()).isEmpty();
        assertThat(host.state).doesNotExist();
        assertThat(containerizer.wait(ID)).isCompletedWithValue(Optional.empty());
    }

    @Test
    void launch_request_goesThroughTheStagesInOrder() throws Exception {
        assertThat(containerizer.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.LAUNCHED);

        assertThat(host.script.steps())
                .containsExactly("a.prepare", "b.prepare", "fork", "a.isolate", "b.isolate", "release");
        assertThat(containerizer.containers()).containsExactly(ID);
        assertThat(containerizer.status(ID).state()).isEqualTo(ContainerState.RUNNING);
        assertThat(containerizer.status(ID).pid()).hasValue(ScriptedProcess.PID);
        assertThat(host.launcher.contribution().environment()).containsExactly(Map.entry("A", "1"));
    }

    @Test
    void launch_request_isWrittenDownWithOwnerAndFirstProcess() throws Exception {
        containerizer.launch(ID, REQUEST);

        Checkpoint checkpoint = host.store.find(ID).orElseThrow();
        assertThat(checkpoint.owner().pid()).isEqualTo(Host.AGENT);
        assertThat(checkpoint.init())
                .hasValueSatisfying(init -> assertThat(init.pid()).isEqualTo(ScriptedProcess.PID));
        assertThat(checkpoint.bootId()).isEqualTo(Host.BOOT);
        assertThat(checkpoint.command()).containsExactly("/bin/server", "-x");
        assertThat(checkpoint.isolation()).containsExactly("a", "b");
        assertThat(checkpoint.root()).isEqualTo("/corral");
    }

    @Test
    void launch_stagesOnTheWay_areTold() throws Exception {
        List<ContainerState> seen = new ArrayList<>();
        for (String step : List.of("a.prepare", "fork", "release")) {
            host.script.during(step, () -> seen.add(state()));
        }

        containerizer.launch(ID, REQUEST);

        assertThat(seen).containsExactly(ContainerState.PREPARING, ContainerState.ISOLATING, ContainerState.RUNNING);
    }

    private ContainerState state() {
        try {
            return containerizer.status(ID).state();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void launch_secondOfThatId_leavesTheFirstUntouched() throws Exception {
        containerizer.launch(ID, REQUEST);
        int steps = host.script.steps().size();

        assertThat(containerizer.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);

        assertThat(host.script.steps()).hasSize(steps);
        assertThat(containerizer.status(ID).state()).isEqualTo(ContainerState.RUNNING);
    }

    @Test
    void launch_idOfAnotherAgent_isAlreadyLaunched() throws Exception {
        host.store.claim(Checkpoints.of(ID, Host.BOOT));

        assertThat(containerizer.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);

        assertThat(host.script.steps()).isEmpty();
        assertThat(containerizer.containers()).isEmpty();
        assertThat(host.store.directoryOf(ID)).isDirectory();
    }

    @Test
    void launch_nestedId_isNotSupported() throws Exception {
        assertThat(containerizer.launch(ID.child("inner"), REQUEST)).isEqualTo(LaunchOutcome.NOT_SUPPORTED);
        assertThat(containerizer.containers()).isEmpty();
    }

    @Test
    void launch_stateDirectoryCannotBeMade_fails() throws Exception {
        Files.createFile(host.state);

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .isInstanceOfSatisfying(
                        LaunchException.class, e -> assertThat(e.kind()).isEqualTo(LaunchException.Kind.FAILED));
        assertThat(containerizer.containers()).isEmpty();
        assertThat(host.script.steps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.prepare", "b.prepare"})
    void launch_prepareFails_cleansUpAllIsolatorsWithoutForking(String step) {
        host.script.fail(step, new IOException("no room"));

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("no room");

        assertThat(host.script.steps()).doesNotContain("fork").endsWith("b.cleanup", "a.cleanup");
        assertNothingLeft();
    }

    @Test
    void launch_forkFails_cleansUpAndKeepsTheKind() {
        host.script.fail("fork", new LaunchException(LaunchException.Kind.COMMAND_NOT_FOUND, "no such command"));

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .isInstanceOfSatisfying(LaunchException.class, e -> assertThat(e.kind())
                        .isEqualTo(LaunchException.Kind.COMMAND_NOT_FOUND));

        assertThat(host.script.steps())
                .containsExactly("a.prepare", "b.prepare", "fork", "launcher.destroy", "b.cleanup", "a.cleanup");
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.isolate", "b.isolate"})
    void launch_isolateFails_abortsAndCleansUp(String step) {
        host.script.fail(step, new IOException("no such cgroup"));

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST)).hasMessageContaining("no such cgroup");

        assertThat(host.script.steps())
                .doesNotContain("release")
                .endsWith("abort", "launcher.destroy", "b.cleanup", "a.cleanup");
        assertNothingLeft();
    }

    @Test
    void launch_isolatorThrowsARuntimeException_isALaunchExceptionAndCleansUp() {
        host.script.fail("b.isolate", new IllegalStateException("bug"));

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("bug")
                .hasCauseInstanceOf(IllegalStateException.class);

        assertThat(host.script.steps()).contains("abort");
        assertNothingLeft();
    }

    @Test
    void launch_firstProcessGoneBeforeItIsWrittenDown_abortsAndCleansUp() throws Exception {
        host.proc.remove(ScriptedProcess.PID);

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST)).isInstanceOf(LaunchException.class);

        assertThat(host.script.steps()).contains("abort").doesNotContain("a.isolate");
        assertNothingLeft();
    }

    @Test
    void launch_releaseFails_cleansUpAndKeepsTheKind() {
        host.script.fail("release", new LaunchException(LaunchException.Kind.COMMAND_NOT_EXECUTABLE, "EACCES"));

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .isInstanceOfSatisfying(LaunchException.class, e -> assertThat(e.kind())
                        .isEqualTo(LaunchException.Kind.COMMAND_NOT_EXECUTABLE));

        assertThat(host.script.steps()).endsWith("release", "abort", "launcher.destroy", "b.cleanup", "a.cleanup");
        assertNothingLeft();
    }

    @Test
    void launch_afterAFailedOne_works() throws Exception {
        host.script.fail("fork", new LaunchException(LaunchException.Kind.FAILED, "EAGAIN"));
        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST)).isInstanceOf(LaunchException.class);
        host.script.repair("fork");

        assertThat(containerizer.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.LAUNCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher.destroy", "b.cleanup"})
    void launch_failsAndCannotBeUndone_staysKnownUntilItIsDestroyed(String step) throws Exception {
        host.script.fail("fork", new LaunchException(LaunchException.Kind.FAILED, "EAGAIN"));
        host.script.fail(step, new IOException("busy"));

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .hasMessage("EAGAIN")
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement().satisfies(more -> assertThat(more)
                        .hasMessage("busy")));
        assertThat(containerizer.status(ID).state()).isEqualTo(ContainerState.DESTROYING);
        assertThat(containerizer.wait(ID)).isCompletedExceptionally();
        assertThat(containerizer.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);

        host.script.repair(step);
        assertThat(containerizer.destroy(ID).toCompletableFuture().get())
                .hasValueSatisfying(end -> assertThat(end.reason()).isEqualTo(TerminationReason.DESTROYED));
        assertThat(containerizer.containers()).isEmpty();
        assertThat(host.state).doesNotExist();
    }

    @Test
    void update_running_reachesAllIsolatorsAndIsWrittenDown() throws Exception {
        containerizer.launch(ID, REQUEST);

        assertThat(containerizer.update(ID, Resources.NONE.withPids(7))).isTrue();
        assertThat(containerizer.update(ID, Resources.NONE)).isTrue();

        assertThat(host.script.steps()).endsWith("a.update", "b.update", "a.update", "b.update");
        assertThat(host.store.find(ID).orElseThrow().resources().pids()).hasValue(7);
    }

    @Test
    void update_isolatorFails_throwsAndIsNotWrittenDown() throws Exception {
        containerizer.launch(ID, REQUEST);
        host.script.fail("b.update", new IOException("EINVAL"));

        assertThatThrownBy(() -> containerizer.update(ID, Resources.NONE.withPids(7)))
                .isInstanceOf(UpdateException.class)
                .hasMessageStartingWith("EINVAL");

        assertThat(host.store.find(ID).orElseThrow().resources().pids()).isEmpty();
    }

    @Test
    void usage_running_isWhatTheIsolatorsKnow() throws Exception {
        containerizer.launch(ID, REQUEST);

        assertThat(containerizer.usage(ID).pids()).isPresent();
    }

    @Test
    void kill_running_signalsTheFirstProcess() throws Exception {
        containerizer.launch(ID, REQUEST);

        assertThat(containerizer.kill(ID, 15)).isTrue();

        assertThat(host.script.steps()).contains("signal 15");
    }

    @Test
    void calls_unknownContainer_doNothing() throws Exception {
        assertThat(containerizer.update(ID, Resources.NONE)).isFalse();
        assertThat(containerizer.kill(ID, 15)).isFalse();
        assertThat(containerizer.wait(ID)).isCompletedWithValue(Optional.empty());
        assertThat(containerizer.destroy(ID)).isCompletedWithValue(Optional.empty());
        assertThatThrownBy(() -> containerizer.usage(ID)).isInstanceOf(UnknownContainerException.class);
        assertThatThrownBy(() -> containerizer.status(ID)).isInstanceOf(UnknownContainerException.class);
        assertThat(host.script.steps()).isEmpty();
    }
}
