package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.corral.containerizer.Corral;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.StateStore;
import org.corral.core.LaunchOutcome;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.linux.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the next agent makes of the containers of one that was killed. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.FREEZER, Need.MEMORY})
class RecoveryIT {

    private static final int SIGTERM = 15;
    private static final String MARK = "corral.owner";

    private TestRoot root;
    private Host host;

    @BeforeEach
    void open(TestRoot own) throws IOException {
        root = own;
        host = Host.open(own);
    }

    @AfterEach
    void close() throws Exception {
        host.close();
    }

    @Test
    void recover_agentKilledBeforeTheGateOpened_commandNeverRuns() throws Exception {
        int pid = leave("isolate", "gated", "touch " + host.scratch("ran"));
        assertThat(ProcFiles.isAlive(pid)).isTrue();
        assertThat(host.containers().recover()).isEmpty();
        Eventually.holds("it is sent away", () -> !ProcFiles.isAlive(pid));
        assertThat(host.scratch("ran")).doesNotExist();
        assertThat(host.cgroup(DoomedAgent.ID, "cpu")).doesNotExist();
    }

    @Test
    void recover_agentKilledWhilePreparing_nothingIsLeft() throws Exception {
        try (ChildJvm agent = start("prepare", "true")) {
            agent.awaitLine("prepared");
        }
        assertThat(host.cgroup(DoomedAgent.ID, "cpu")).isDirectory();
        assertThat(host.containers().recover()).isEmpty();
        assertThat(host.cgroup(DoomedAgent.ID, "cpu")).doesNotExist();
        assertThat(host.corral().list()).isEmpty();
    }

    @Test
    void recover_agentKilledWhileRunning_containerIsFoundUnhurt() throws Exception {
        int pid = leave("none", "running", "sleep 1000; sleep 1000");
        assertThat(host.containers().recover()).containsExactly(DoomedAgent.ID);
        assertThat(host.pid(DoomedAgent.ID)).isEqualTo(pid);
        assertThat(ProcFiles.isAlive(pid)).isTrue();
        assertThat(host.containers()
                        .usage(DoomedAgent.ID)
                        .memory()
                        .orElseThrow()
                        .limitBytes())
                .hasValue(64 << 20);
        assertThat(host.containers().usage(DoomedAgent.ID).pids().orElseThrow().current())
                .hasValue(2);
        assertThat(host.containers().launch(DoomedAgent.ID, Host.command("true").build()))
                .isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);
    }

    @Test
    void destroy_recovered_allIsGone() throws Exception {
        int pid = leave("none", "running", "sleep 1000; sleep 1000");
        host.containers().recover();
        assertThat(host.destroy(DoomedAgent.ID).reason()).isEqualTo(TerminationReason.DESTROYED);
        assertThat(ProcFiles.isAlive(pid)).isFalse();
        assertThat(host.cgroup(DoomedAgent.ID, "cpu")).doesNotExist();
        assertThat(host.corral().list()).isEmpty();
    }

    @Test
    void wait_recovered_completesWithItsExit() throws Exception {
        leave("none", "running", "sleep 1000");
        host.containers().recover();
        CompletionStage<Optional<Termination>> end = host.containers().wait(DoomedAgent.ID);
        assertThat(host.containers().kill(DoomedAgent.ID, SIGTERM)).isTrue();
        Termination termination = Host.await(end).orElseThrow();
        assertThat(termination.reason()).isNotEqualTo(TerminationReason.DESTROYED);
        assertThat(termination.usage().cpu()).isPresent();
    }

    @Test
    void limit_recoveredGoesOver_isNoticed() throws Exception {
        String waiting = "until [ -e " + host.scratch("go") + " ]; do sleep 0.05; done; ";
        leave("none", "running", waiting + "tail /dev/zero; sleep 1000");
        host.containers().recover();
        Files.createFile(host.scratch("go"));
        assertThat(host.end(DoomedAgent.ID).reason()).isEqualTo(TerminationReason.LIMITATION);
    }

    @Test
    void recover_endedMeanwhile_tracesAreRemoved() throws Exception {
        int pid = leave("none", "running", "until [ -e " + host.scratch("end") + " ]; do sleep 0.05; done");
        Files.createFile(host.scratch("end"));
        Eventually.holds("it has ended", () -> !ProcFiles.isAlive(pid));
        assertThat(host.containers().recover()).isEmpty();
        assertThat(host.corral().list()).isEmpty();
        assertThat(host.cgroup(DoomedAgent.ID, "cpu")).doesNotExist();
    }

    @Test
    void close_recoveredGoesOn_descriptorsAreGivenBack() throws Exception {
        leave("none", "running", "sleep 1000; sleep 1000");
        DescriptorTrace before = DescriptorTrace.since();
        try (Corral agent = Corral.open(Linux.ofThisHost(), Host.options(root))) {
            assertThat(agent.containerizer().recover()).containsExactly(DoomedAgent.ID);
            assertThat(before.left()).isNotEmpty();
        }
        Eventually.holds("the slow ones are closed too", () -> before.left().isEmpty());
        leaveOwnerless();
        assertThat(host.containers().recover()).containsExactly(DoomedAgent.ID);
    }

    /** Its last agent was this very process, which a real one does not outlive. */
    private void leaveOwnerless() throws IOException {
        StateStore store = new StateStore(Host.stateOf(root).resolve(root.stateFolder()));
        Checkpoint written = store.find(DoomedAgent.ID).orElseThrow();
        store.save(written.withOwner(new ProcessIdentity(written.owner().pid(), 0)));
    }

    @Test
    void recover_agentStillRuns_itsContainerIsLeftAlone() throws Exception {
        host.launch("mine", Host.command("sleep", "1000"));
        try (Host another = Host.open(root)) {
            assertThat(another.containers().recover()).isEmpty();
            assertThat(another.containers().containers()).isEmpty();
        }
        assertThat(host.containers().containers()).hasSize(1);
    }

    @Test
    void recover_cgroupWithoutMark_isLeftAloneWithItsProcesses() throws Exception {
        int pid = leave("none", "running", "sleep 1000; sleep 1000");
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            setMark(mount, Optional.empty());
        }
        assertThat(host.containers().recover()).isEmpty();
        assertThat(ProcFiles.isAlive(pid)).isTrue();
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            setMark(mount, Optional.of("corral"));
        }
        assertThat(host.containers().recover()).containsExactly(DoomedAgent.ID);
    }

    private void setMark(CgroupMount mount, Optional<String> owner) throws IOException {
        Path cgroup = mount.directory(root).resolve(DoomedAgent.ID.value());
        if (Files.isDirectory(cgroup)) {
            UserDefinedFileAttributeView marks = Files.getFileAttributeView(cgroup, UserDefinedFileAttributeView.class);
            if (owner.isPresent()) {
                marks.write(MARK, ByteBuffer.wrap(owner.get().getBytes(StandardCharsets.UTF_8)));
            } else {
                marks.delete(MARK);
            }
        }
    }

    @Test
    void recover_unreadableCheckpoint_othersAreFound() throws Exception {
        leave("none", "running", "sleep 1000");
        Path damaged = Files.createDirectory(
                Host.stateOf(root).resolve(root.stateFolder()).resolve("damaged"));
        Files.writeString(damaged.resolve("state.json"), "{\"version\":");
        assertThat(host.containers().recover()).containsExactly(DoomedAgent.ID);
        assertThat(damaged.resolve("state.json")).exists();
        Files.delete(damaged.resolve("state.json"));
        Files.delete(damaged);
    }

    /** Has an agent launch a container and kills it at a stage. {@return its first process} */
    private int leave(String stage, String word, String command) throws Exception {
        try (ChildJvm agent = start(stage, command)) {
            return Integer.parseInt(agent.awaitLine(word));
        }
    }

    private ChildJvm start(String stage, String command) throws IOException {
        return ChildJvm.start(
                DoomedAgent.class, root.name(), root.runtimeDirectory().toString(), stage, command);
    }
}
