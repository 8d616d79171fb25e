package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.linux.raw.Constants;
import org.corral.testing.Background;
import org.junit.jupiter.api.Test;

class RecoveryTest extends RecoveryFixture {

    @Test
    void recover_noState_findsNothing() throws Exception {
        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.script.steps()).isEmpty();
    }

    @Test
    void recover_runningContainerOfADeadAgent_isTakenOver() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));

        assertThat(containerizer.recover()).containsExactly(ID);

        assertThat(host.script.steps()).containsExactly("launcher.recover", "a.recover", "b.recover");
        assertThat(containerizer.status(ID).state()).isEqualTo(ContainerState.RUNNING);
        assertThat(containerizer.status(ID).pid()).hasValue(ScriptedProcess.PID);
        assertThat(host.store.find(ID).orElseThrow().owner().pid()).isEqualTo(Host.AGENT);
    }

    @Test
    void recover_always_isolatorsAreToldWhatWasWrittenDown() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));

        containerizer.recover();

        assertThat(host.first.recovered())
                .contains(new RecoveredContainer(
                        ID,
                        OptionalInt.of(ScriptedProcess.PID),
                        Resources.NONE.withPids(9),
                        Optional.of(Path.of("/srv/web"))));
    }

    @Test
    void recover_nestedContainer_isLeftAloneAndTheOthersTakenOver() throws Exception {
        writtenDown(checkpoint(ContainerId.of("outer").child(ID.value()), DEAD_AGENT, Optional.of(INIT)));
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));

        assertThat(containerizer.recover()).containsExactly(ID);

        assertThat(host.script.steps()).containsExactly("launcher.recover", "a.recover", "b.recover");
        assertThat(host.store.find(ContainerId.of("outer").child(ID.value())))
                .hasValueSatisfying(left -> assertThat(left.owner()).isEqualTo(DEAD_AGENT));
    }

    @Test
    void recover_takenOver_endsLikeAnyOther() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        containerizer.recover();
        CompletableFuture<Optional<Termination>> end = containerizer.wait(ID).toCompletableFuture();

        host.first.watch.complete(ScriptedIsolator.LIMITATION);

        assertThat(end.get().orElseThrow().reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(host.state).doesNotExist();
    }

    @Test
    void recover_takenOver_isUpdatedFromWhatItHad() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        containerizer.recover();

        containerizer.update(ID, Resources.NONE);

        assertThat(host.store.find(ID).orElseThrow().resources().pids()).hasValue(9);
    }

    @Test
    void recover_containerOfALivingAgent_isLeftAlone() throws Exception {
        Checkpoint others = checkpoint(ID, new ProcessIdentity(Host.AGENT, 1000), Optional.of(INIT));
        writtenDown(others);

        assertThat(containerizer.recover()).isEmpty();

        assertThat(host.script.steps()).isEmpty();
        assertThat(host.store.find(ID)).contains(others);
    }

    @Test
    void recover_agentThatCannotBeTold_isTakenForAlive() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        Files.createDirectories(host.linux.path("/proc/99/stat")); // unreadable

        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.script.steps()).isEmpty();
    }

    @Test
    void recover_endedMeanwhile_isRemoved() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(new ProcessIdentity(4712, 1))));

        assertThat(containerizer.recover()).isEmpty();

        assertThat(host.script.steps())
                .containsExactly(
                        "launcher.recover",
                        "a.recover",
                        "b.recover",
                        "launcher.destroy",
                        "a.limitation",
                        "b.limitation",
                        "a.usage",
                        "b.usage",
                        "b.cleanup",
                        "a.cleanup");
        assertThat(host.state).doesNotExist();
        Termination end = told(ID).orElseThrow();
        assertThat(end.reason()).isEqualTo(TerminationReason.EXITED);
        assertThat(end.status()).isEmpty();
        assertThat(end.usage().pids()).isPresent();
    }

    @Test
    void recover_endedMeanwhileByItsLimit_tellsSo() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(new ProcessIdentity(4712, 1))));
        host.second.limitedAtTheEnd(ScriptedIsolator.LIMITATION);

        containerizer.recover();

        Termination end = told(ID).orElseThrow();
        assertThat(end.reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(end.limitations()).containsExactly(ScriptedIsolator.LIMITATION);
    }

    @Test
    void recover_endedByAnotherTerminalMeanwhile_tellsSo() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(new ProcessIdentity(4712, 1)))
                .withWish(TerminationReason.DESTROYED));

        containerizer.recover();

        assertThat(told(ID).orElseThrow().reason()).isEqualTo(TerminationReason.DESTROYED);
    }

    @Test
    void recover_agentDiedWhileItEndedTheContainer_isEndedForTheSameReason() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        containerizer.recover();
        host.script.fail("launcher.destroy", new IOException("the agent dies"));
        containerizer
                .destroy(ID, TerminationReason.TIMEOUT)
                .toCompletableFuture()
                .exceptionally(e -> Optional.empty())
                .get();
        containerizer.close();
        host.script.repair("launcher.destroy");

        containerizer = host.containerizer();
        containerizer.recover();

        assertThat(told(ID).orElseThrow().reason()).isEqualTo(TerminationReason.TIMEOUT);
    }

    @Test
    void recover_endedForATimeoutMeanwhile_tellsSo() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(new ProcessIdentity(4712, 1)))
                .withWish(TerminationReason.TIMEOUT));

        containerizer.recover();

        assertThat(told(ID).orElseThrow().reason()).isEqualTo(TerminationReason.TIMEOUT);
    }

    @Test
    void recover_endWantedByAnotherTerminal_isEnded() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)).withWish(TerminationReason.DESTROYED));

        containerizer.recover();

        assertThat(told(ID).orElseThrow().reason()).isEqualTo(TerminationReason.DESTROYED);
        assertThat(host.state).doesNotExist();
    }

    @Test
    void recover_pidOfAnotherProcessByNow_isNotTakenForTheContainers() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(new ProcessIdentity(ScriptedProcess.PID, 1))));

        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.state).doesNotExist();
    }

    @Test
    void recover_agentDiedBeforeItWroteThePid_isRemovedWithItsGateAndNotTold() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.empty()));
        Path gate = host.store.directoryOf(ID).resolve("gate");
        host.linux.files().makeFifo(gate.toString(), 0600);
        Files.createFile(host.store.directoryOf(ID).resolve("go"));

        assertThat(containerizer.recover()).isEmpty();

        assertThat(host.state).doesNotExist();
        assertThat(told(ID)).isEmpty();
    }

    @Test
    void recover_commandRunsThoughItsGateIsLeft_isTakenOver() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        Path gate = host.store.directoryOf(ID).resolve("gate");
        host.linux.files().makeFifo(gate.toString(), 0600);

        assertThat(containerizer.recover()).containsExactly(ID);

        assertThat(gate).doesNotExist();
    }

    @Test
    void recover_goneBetweenGateAndCommand_isUndoneAndNotTold() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(new ProcessIdentity(4712, 1))));
        host.linux.files().makeFifo(host.store.directoryOf(ID).resolve("gate").toString(), 0600);

        assertThat(containerizer.recover()).isEmpty();

        assertThat(host.script.steps()).endsWith("launcher.destroy", "b.cleanup", "a.cleanup");
        assertThat(told(ID)).isEmpty();
        assertThat(host.state).doesNotExist();
    }

    @Test
    void recover_waitsAtItsGate_isSentAwayAndUndone() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        Path gate = host.store.directoryOf(ID).resolve("gate");
        host.linux.files().makeFifo(gate.toString(), 0600);
        host.proc.process(ScriptedProcess.PID, "corral-gate-1", 'S', 1, ScriptedProcess.PID);
        CompletableFuture<Integer> waiting =
                Background.supply(() -> openUnchecked(gate)); // blocks until the gate opens
        while (!isAnybodyAtAGate()) {
            Thread.onSpinWait();
        }

        assertThat(containerizer.recover()).isEmpty();

        assertThat(host.script.steps()).contains("signal 9").endsWith("launcher.destroy", "b.cleanup", "a.cleanup");
        assertThat(told(ID)).isEmpty();
        host.linux.files().close(waiting.get());
    }

    private int openUnchecked(Path fifo) {
        try {
            return host.linux.files().open(fifo.toString(), Constants.O_RDONLY, 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Without opening it: the thread is in the kernel. */
    private static boolean isAnybodyAtAGate() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.anyMatch(RecoveryTest::waitsForAPartner);
        }
    }

    private static boolean waitsForAPartner(Path thread) {
        try {
            return Files.readString(thread.resolve("wchan")).contains("wait_for_partner");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void recover_anotherBoot_believesNoPid() throws Exception {
        ProcessIdentity sameNumbers = new ProcessIdentity(Host.AGENT, 1000);
        Checkpoint old = checkpoint(ID, sameNumbers, Optional.of(INIT));
        writtenDown(new Checkpoint(
                old.version(),
                old.id(),
                "boot-0",
                old.owner(),
                old.init(),
                old.root(),
                old.isolation(),
                old.resources(),
                old.command(),
                old.directory(),
                old.launchedAt(),
                false,
                Optional.empty()));

        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.state).doesNotExist();
    }
}
