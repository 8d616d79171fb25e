package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.state.RootLockedException;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchOutcome;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.Feature;
import org.corral.linux.KernelFeatures;
import org.corral.linux.Linux;
import org.junit.jupiter.api.Test;

/** What the next agent makes of the containers of one that was killed. */
@Requires({Need.GATE, Need.PIDFD, Need.FREEZER, Need.MEMORY})
class RecoveryIT extends HostTest {

    private static final int SIGTERM = 15;
    private static final String MARK = "corral.owner";
    private static final Optional<ExitStatus> SEVEN = Optional.of(new ExitStatus.Exited(7));

    @Test
    @MesosBehaviour(27)
    void recover_agentKilledBeforeTheGateOpened_commandNeverRuns() throws Exception {
        int pid = leave("isolate", "gated", "touch " + host.scratch("ran"));
        assertThat(ProcFiles.isAlive(pid)).isTrue();
        assertThat(host.containers().recover()).isEmpty();
        Eventually.holds("it is sent away", () -> !ProcFiles.isAlive(pid));
        assertThat(host.scratch("ran")).doesNotExist();
        assertThat(host.cgroup(DoomedAgent.ID, "cpu")).doesNotExist();
    }

    @Test
    @MesosBehaviour(28)
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
    @MesosBehaviour(33)
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
        Eventually.passes(() -> assertThat(host.containers()
                        .usage(DoomedAgent.ID)
                        .pids()
                        .orElseThrow()
                        .current())
                .hasValue(2)); // the shell has forked
        assertThat(host.containers().launch(DoomedAgent.ID, Host.command("true").build()))
                .isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);
    }

    @Test
    @MesosBehaviour(39)
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
    @MesosBehaviour({26, 103})
    void recover_endedMeanwhile_tracesAreRemovedAndItsEndIsTold() throws Exception {
        int pid = leave("none", "running", "until [ -e " + host.scratch("end") + " ]; do sleep 0.05; done");
        Files.createFile(host.scratch("end"));
        Eventually.holds("it is reaped", () -> !Files.exists(Path.of("/proc/" + pid)));
        assertThat(host.containers().recover()).isEmpty();
        assertThat(host.corral().list()).isEmpty();
        Termination end = Host.await(host.containers().wait(DoomedAgent.ID)).orElseThrow();
        assertThat(end.reason()).isEqualTo(TerminationReason.EXITED);
        assertThat(end.status()).as("its parent alone was told").isEmpty();
        assertThat(end.usage().cpu()).isPresent();
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
        assertThat(host.containers().recover()).containsExactly(DoomedAgent.ID);
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
    @MesosBehaviour(55)
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

    /** Both marks: the attribute, and the sticky bit that it has from its first moment on. */
    private void setMark(CgroupMount mount, Optional<String> owner) throws IOException {
        Path cgroup = mount.directory(root).resolve(DoomedAgent.ID.value());
        if (Files.isDirectory(cgroup)) {
            Files.setAttribute(cgroup, "unix:mode", owner.isPresent() ? 01755 : 0755);
            UserDefinedFileAttributeView marks = Files.getFileAttributeView(cgroup, UserDefinedFileAttributeView.class);
            if (owner.isPresent()) {
                marks.write(MARK, ByteBuffer.wrap(owner.get().getBytes(StandardCharsets.UTF_8)));
            } else {
                marks.delete(MARK);
            }
        }
    }

    @Test
    @MesosBehaviour(42)
    void recover_damagedCheckpoint_isSetAsideAndOthersAreFound() throws Exception {
        leave("none", "running", "sleep 1000");
        Path store = Host.stateOf(root).resolve(root.stateFolder());
        Path damaged = Files.createDirectory(store.resolve("damaged"));
        Files.writeString(damaged.resolve("state.json"), "{\"version\":");
        assertThat(host.containers().recover()).containsExactly(DoomedAgent.ID);
        assertThat(damaged).doesNotExist();
        try (DirectoryStream<Path> aside = Files.newDirectoryStream(store, ".unreadable-damaged-*")) {
            for (Path each : aside) {
                assertThat(each.resolve("state.json")).hasContent("{\"version\":");
                Files.delete(each.resolve("state.json"));
                Files.delete(each);
            }
        }
        host.run("damaged", Host.command("true"));
    }

    @Test
    void recover_oomKilledMeanwhile_limitationIsTold() throws Exception {
        leave("none", "running", "tail /dev/zero; until [ -e " + host.scratch("end") + " ]; do sleep 0.05; done");
        Eventually.holds("the kernel has killed", () -> !kills().equals("0"));
        Files.createFile(host.scratch("end"));
        assertThat(host.containers().recover()).isSubsetOf(DoomedAgent.ID);
        Termination end = host.end(DoomedAgent.ID);
        assertThat(end.reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(end.limitations()).singleElement().satisfies(limit -> {
            assertThat(limit.resource()).isEqualTo("mem");
            assertThat(limit.limit()).hasValue(64 << 20);
        });
    }

    /** What v1 has in memory.oom_control, v2 has in memory.events. */
    private String kills() throws IOException {
        Path cgroup = host.cgroup(DoomedAgent.ID, "memory");
        String file = CgroupMount.of("memory").isV2() ? "memory.events" : "memory.oom_control";
        return ProcFiles.after("oom_kill ", Files.readString(cgroup.resolve(file)));
    }

    @Test
    @MesosBehaviour(33)
    void recover_thenUpdatedToLess_hardLimitStays() throws Exception {
        leave("none", "running", "sleep 1000; sleep 1000");
        host.containers().recover();
        assertThat(hardLimit()).isEqualTo(64 << 20);
        host.containers().update(DoomedAgent.ID, Resources.NONE.withMemory(DataSize.ofMebibytes(40)));
        assertThat(hardLimit()).isEqualTo(64 << 20);
        host.containers().update(DoomedAgent.ID, Resources.NONE.withMemory(DataSize.ofMebibytes(96)));
        assertThat(hardLimit()).isEqualTo(96 << 20);
    }

    private long hardLimit() throws IOException {
        return host.containers()
                .usage(DoomedAgent.ID)
                .memory()
                .orElseThrow()
                .limitBytes()
                .orElseThrow();
    }

    @Test
    @MesosBehaviour(35)
    void recover_withFewerIsolators_containerIsFoundWithoutTheirUse() throws Exception {
        int pid = leave("none", "running", "sleep 1000; sleep 1000");
        try (Host fewer = Host.open(root, options -> options.withIsolation(Isolation.parse("cgroups/cpu")))) {
            assertThat(fewer.containers().recover()).containsExactly(DoomedAgent.ID);
            assertThat(fewer.containers().usage(DoomedAgent.ID).memory()).isEmpty();
            fewer.containers().update(DoomedAgent.ID, Resources.NONE.withCpus(CpuAmount.parse("0.5")));
            fewer.destroy(DoomedAgent.ID);
        }
        assertThat(ProcFiles.isAlive(pid)).isFalse();
        assertThat(host.cgroup(DoomedAgent.ID, "memory")).doesNotExist();
    }

    @Test
    void recover_byAnAgentWithoutCgroups_containerEndsInItsCgroups() throws Exception {
        int pid = leave("none", "running", "setsid sleep 1000 & sleep 1000");
        try (Host posix = Host.open(root, options -> options.withIsolation(Isolation.parse("posix/cpu,posix/mem")))) {
            assertThat(posix.containers().recover()).containsExactly(DoomedAgent.ID);
            posix.destroy(DoomedAgent.ID);
        }
        assertThat(ProcFiles.isAlive(pid)).isFalse();
        assertThat(host.cgroup(DoomedAgent.ID, "memory")).doesNotExist();
    }

    @Test
    void recover_cgroupsVanished_containerIsFoundAndCanBeDestroyed() throws Exception {
        int pid = leave("none", "running", "exec sleep 1000");
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            Path cgroup = mount.directory(root).resolve(DoomedAgent.ID.value());
            if (Files.isDirectory(cgroup)) {
                moveOutOf(cgroup, mount.directory(mount.ownCgroup()));
            }
        }
        assertThat(host.containers().recover()).containsExactly(DoomedAgent.ID);
        assertThat(host.pid(DoomedAgent.ID)).isEqualTo(pid);
        assertThat(host.containers().usage(DoomedAgent.ID).absent()).isNotEmpty();
        host.destroy(DoomedAgent.ID);
        assertThat(ProcFiles.isAlive(pid)).isFalse();
        assertThat(host.corral().list()).isEmpty();
    }

    private static void moveOutOf(Path cgroup, Path other) throws Exception {
        for (String pid : Files.readAllLines(cgroup.resolve("cgroup.procs"))) {
            Files.writeString(other.resolve("cgroup.procs"), pid);
        }
        Eventually.holds("it is empty", () -> removes(cgroup));
    }

    private static boolean removes(Path cgroup) {
        try {
            Files.delete(cgroup);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @MesosBehaviour(31)
    void recover_cgroupWithoutCheckpoint_isRemovedAndForeignOnesAreNot() throws Exception {
        host.launch("first", Host.command("sleep", "1000"));
        Path stray = host.cgroup(DoomedAgent.ID, "memory");
        Path foreign = stray.resolveSibling("somebody");
        Files.createDirectory(stray);
        Files.setAttribute(stray, "unix:mode", 01755);
        Files.createDirectory(foreign);
        host.containers().recover();
        Eventually.holds("the stray is gone", () -> !Files.exists(stray));
        assertThat(foreign).isDirectory();
        Files.delete(foreign);
        Eventually.holds(
                "it is forgotten", () -> host.containers().containers().equals(Set.of(ContainerId.of("first"))));
    }

    @Test
    @MesosBehaviour(103)
    void recover_endsLater_itsStatusIsToldWhereTheKernelKnowsIt() throws Exception {
        leave("none", "running", "until [ -e " + host.scratch("end") + " ]; do sleep 0.05; done; exit 7");
        host.containers().recover();
        Files.createFile(host.scratch("end"));
        Optional<ExitStatus> status = host.end(DoomedAgent.ID).status();
        boolean known = KernelFeatures.probe(Linux.ofThisHost(), Feature.PIDFD_INFO_EXIT)
                .isAvailable();
        assertThat(status).isIn(SEVEN, known ? SEVEN : Optional.empty());
    }

    @Test
    void open_agentOfThatRootRuns_isRefusedUntilItIsKilled() throws Exception {
        try (ChildJvm agent = ChildJvm.start(
                ExclusiveAgent.class, root.name(), root.runtimeDirectory().toString())) {
            agent.awaitLine("open");
            assertThatExceptionOfType(RootLockedException.class)
                    .isThrownBy(() -> Corral.open(Linux.ofThisHost(), exclusive()))
                    .withMessageContaining("pid " + agent.pid());
            host.run("beside", Host.command("true"));
        }
        Corral.open(Linux.ofThisHost(), exclusive()).close();
    }

    private CorralOptions exclusive() throws IOException {
        return CorralOptions.defaults(Host.stateOf(root)).withRoot(root.cgroup());
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
