package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecoveryTest {

    private static final ContainerId ID = ContainerId.of("web-1");
    private static final ProcessIdentity DEAD_AGENT = new ProcessIdentity(99, 1000);
    private static final ProcessIdentity INIT = new ProcessIdentity(ScriptedProcess.PID, 1000);

    @TempDir
    Path directory;

    private Host host;
    private CorralContainerizer containerizer;

    @BeforeEach
    void makeHost() throws Exception {
        host = new Host(directory);
        containerizer = host.containerizer();
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    private static Checkpoint checkpoint(ContainerId id, ProcessIdentity owner, Optional<ProcessIdentity> init) {
        return new Checkpoint(
                Checkpoint.VERSION,
                id,
                Host.BOOT,
                owner,
                init,
                "/corral",
                List.of("a", "b"),
                Resources.NONE.withPids(9),
                List.of("/bin/server"),
                Instant.EPOCH,
                false);
    }

    private void writtenDown(Checkpoint checkpoint) throws IOException {
        host.store.create(checkpoint.id());
        host.store.save(checkpoint);
    }

    @Test
    void recover_noState_findsNothing() throws Exception {
        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.script.steps()).isEmpty();
    }

    @Test
    void recover_runningContainerOfADeadAgent_isTakenOver() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));

        assertThat(containerizer.recover()).containsExactly(ID);

        assertThat(host.script.steps()).containsExactly("a.recover", "b.recover", "launcher.recover");
        assertThat(containerizer.status(ID).state()).isEqualTo(ContainerState.RUNNING);
        assertThat(containerizer.status(ID).pid()).hasValue(ScriptedProcess.PID);
        assertThat(host.store.find(ID).orElseThrow().owner().pid()).isEqualTo(Host.AGENT);
    }

    @Test
    void recover_nestedContainer_isLeftAloneAndTheOthersTakenOver() throws Exception {
        writtenDown(checkpoint(ContainerId.of("outer").child(ID.value()), DEAD_AGENT, Optional.of(INIT)));
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));

        assertThat(containerizer.recover()).containsExactly(ID);

        assertThat(host.script.steps()).containsExactly("a.recover", "b.recover", "launcher.recover");
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

        assertThat(host.script.steps()).endsWith("launcher.recover", "launcher.destroy", "b.cleanup", "a.cleanup");
        assertThat(host.state).doesNotExist();
    }

    @Test
    void recover_pidOfAnotherProcessByNow_isNotTakenForTheContainers() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(new ProcessIdentity(ScriptedProcess.PID, 1))));

        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.state).doesNotExist();
    }

    @Test
    void recover_agentDiedBeforeTheFork_isRemovedWithItsGate() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.empty()));
        Path gate = host.store.directoryOf(ID).resolve("gate");
        host.linux.files().makeFifo(gate.toString(), 0600);
        Files.createFile(host.store.directoryOf(ID).resolve("go"));

        assertThat(containerizer.recover()).isEmpty();

        assertThat(host.state).doesNotExist();
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
                old.launchedAt(),
                false));

        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.state).doesNotExist();
    }

    @Test
    void recover_unreadableState_isSetAside() throws Exception {
        ContainerId broken = ContainerId.of("broken");
        host.store.create(broken);
        Path file = Files.writeString(host.store.directoryOf(broken).resolve("state.json"), "{");
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));

        assertThat(containerizer.recover()).containsExactly(ID);

        assertThat(file).exists();
    }

    @Test
    void recover_oneCannotBeTakenOver_isLeftAndTheOthersAreFound() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        writtenDown(checkpoint(ContainerId.of("web-2"), DEAD_AGENT, Optional.of(INIT)));
        host.script.during("a.recover", failingOnce("a.recover", new IOException("foreign cgroup")));

        assertThat(containerizer.recover()).hasSize(1);

        assertThat(host.store.list()).hasSize(2);
    }

    @Test
    void recover_isolatorWithABug_isNotFatal() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        host.script.fail("b.recover", new IllegalStateException("bug"));

        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.store.find(ID)).isPresent();
    }

    @Test
    void recover_leftOversThatCannotBeRemoved_stayWrittenDown() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.empty()));
        host.script.fail("launcher.destroy", new IOException("busy"));

        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.store.find(ID)).isPresent();
    }

    private Runnable failingOnce(String step, IOException failure) {
        host.script.fail(step, failure);
        return () -> {
            if (host.script.steps().stream().filter(step::equals).count() > 1) {
                host.script.repair(step);
            }
        };
    }
}
