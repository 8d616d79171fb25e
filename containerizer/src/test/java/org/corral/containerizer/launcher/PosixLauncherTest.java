package org.corral.containerizer.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.corral.containerizer.state.BootId;
import org.corral.containerizer.state.Checkpoints;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Stdio;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.linux.Deadline;
import org.corral.linux.Feature;
import org.corral.linux.KernelFeatures;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.corral.linux.process.ProcStat;
import org.corral.linux.process.ProcessTable;
import org.corral.linux.raw.AccountCalls.Account;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PosixLauncherTest {

    private static final ContainerId ID = ContainerId.of("c");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();
    private final List<ProcStat> ended = new ArrayList<>();
    private Poller poller;
    private PosixLauncher launcher;
    private Path out;

    @BeforeEach
    void start() throws Exception {
        poller = Poller.start(kernel.linux());
        launcher = newLauncher();
        out = directory.resolve("out");
    }

    private PosixLauncher newLauncher() throws IOException {
        StateStore store = new StateStore(directory.resolve("state"));
        Files.createDirectories(store.directoryOf(ID));
        return new PosixLauncher(
                kernel.linux(), new Forker(kernel.linux(), poller, store, (id, stat) -> ended.add(stat)));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        launcher.destroy(ID, PATIENCE);
        poller.close();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    private GatedProcess fork(String script) throws LaunchException {
        LaunchRequest request = LaunchRequest.builder(List.of("/bin/sh", "-c", script))
                .stdio(Stdio.DISCARD, Stdio.file(out), Stdio.INHERIT)
                .build();
        return launcher.fork(ID, request, environment(Map.of("PATH", "/usr/bin:/bin")));
    }

    private static Contribution environment(Map<String, String> variables) {
        return Contribution.builder().environment(variables).build();
    }

    private static Optional<ExitStatus> exitOf(ContainerProcess process) throws Exception {
        return process.exit().toCompletableFuture().get();
    }

    /** Waits until the script has said that all it starts is there. */
    private void awaitLines(int count) throws IOException {
        Deadline deadline = Deadline.after(PATIENCE);
        while (Files.notExists(out) || Files.readAllLines(out).size() < count) {
            assertThat(deadline.hasPassed()).as("output of the script").isFalse();
            deadline.pause();
        }
    }

    private void assertNoneOfSession(int session) throws IOException {
        assertThat(ProcessTable.read(kernel.linux()).processes())
                .filteredOn(process -> process.state() != 'Z')
                .noneMatch(process -> process.session() == session);
    }

    @Test
    void fork_released_runsInItsOwnSession() throws Exception {
        GatedProcess process = fork("cut -d' ' -f6 /proc/$$/stat");
        process.release();

        assertThat(exitOf(process)).contains(new ExitStatus.Exited(0));
        assertThat(out).hasContent(Integer.toString(process.pid()));
        assertThat(ended).singleElement().satisfies(stat -> assertThat(stat.pid())
                .isEqualTo(process.pid()));
    }

    @Test
    void fork_aborted_neverRuns() throws Exception {
        GatedProcess process = fork("echo ran");

        process.abort();
        process.abort();

        exitOf(process);
        launcher.destroy(ID, PATIENCE);
        assertThat(out).doesNotExist();
    }

    @Test
    void fork_spawnFails_isALaunchException() {
        kernel.fail("spawn", Errno.EAGAIN);

        assertThatThrownBy(() -> fork("true"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContainingAll("container c", "EAGAIN");
    }

    private GatedProcess forkForAlice() throws LaunchException {
        kernel.answer("effectiveUserId", none -> 0)
                .answer("byName", name -> Optional.of(new Account("alice", 1000, 1001, "/home/alice", "/bin/sh")))
                .answer("changeOwner", owner -> null);
        LaunchRequest request = LaunchRequest.builder(List.of("/bin/true"))
                .user("alice")
                .stdio(Stdio.DISCARD, Stdio.file(out), Stdio.file(out))
                .build();
        return launcher.fork(ID, request, Contribution.NONE);
    }

    @Test
    void fork_anotherUserAborted_outputFileIsGone() throws Exception {
        GatedProcess process = forkForAlice();
        assertThat(out).isEmptyFile();

        process.abort();

        assertThat(out).doesNotExist();
    }

    @Test
    void fork_anotherUserSpawnFails_outputFileIsGone() {
        kernel.fail("spawn", Errno.EAGAIN);

        assertThatThrownBy(this::forkForAlice).hasMessageContaining("EAGAIN");

        assertThat(out).doesNotExist();
    }

    @Test
    void fork_anotherUserOwnerRefused_outputFileIsGone() {
        kernel.fail("changeOwner", Errno.EPERM);
        kernel.answer("effectiveUserId", none -> 0);

        LaunchRequest request = LaunchRequest.builder(List.of("/bin/true"))
                .user("0:1")
                .stdio(Stdio.DISCARD, Stdio.file(out), Stdio.INHERIT)
                .build();

        assertThatThrownBy(() -> launcher.fork(ID, request, Contribution.NONE))
                .isInstanceOf(LaunchException.class)
                .hasMessageContainingAll("container c", out.toString(), "0:1", "EPERM");
        assertThat(out).doesNotExist();
    }

    @Test
    void release_anotherUserPutALinkInPlaceOfTheOutput_itIsNotFollowed() throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "root's");
        GatedProcess process = forkForAlice();
        Files.delete(out);
        Files.createSymbolicLink(out, target);

        process.release();

        assertThat(process.exit().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isPresent();
        assertThat(out).isSymbolicLink();
        assertThat(target).hasContent("root's");
    }

    @Test
    void release_fileThatIsNoProgram_is126() throws Exception {
        Path program = Files.write(directory.resolve("program"), new byte[] {1, 2, 3});
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        GatedProcess process = launcher.fork(
                ID, LaunchRequest.builder(List.of(program.toString())).build(), Contribution.NONE);

        assertThatThrownBy(process::release)
                .isInstanceOfSatisfying(
                        LaunchException.class,
                        e -> assertThat(e.kind().exitCode()).isEqualTo(126))
                .hasMessageContaining("ENOEXEC");
    }

    @Test
    void release_interpreterMissing_is127() throws Exception {
        Path program = Files.writeString(directory.resolve("program"), "#!/absent/interpreter\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        GatedProcess process = launcher.fork(
                ID, LaunchRequest.builder(List.of(program.toString())).build(), Contribution.NONE);

        assertThatThrownBy(process::release).isInstanceOfSatisfying(LaunchException.class, e -> assertThat(
                        e.kind().exitCode())
                .isEqualTo(127));
    }

    @Test
    void destroy_treeWithOtherSessions_endsAll() throws Exception {
        GatedProcess process = fork("setsid sh -c 'echo $$; sleep 1000' & echo $$; sleep 1000");
        process.release();
        awaitLines(2);

        launcher.destroy(ID, PATIENCE);

        for (String pid : Files.readAllLines(out)) {
            assertNoneOfSession(Integer.parseInt(pid));
        }
        assertThat(exitOf(process)).contains(new ExitStatus.Signaled(9));
    }

    @Test
    void destroy_daemonInTheSessionOfAnEndedProcess_endsIt() throws Exception {
        GatedProcess process = fork("(sleep 1000 & echo $!) ");
        process.release();
        assertThat(exitOf(process)).contains(new ExitStatus.Exited(0));
        int daemon = Integer.parseInt(Files.readString(out).strip());
        assertThat(ProcessTable.find(kernel.linux(), daemon)).isPresent();

        launcher.destroy(ID, PATIENCE);

        assertNoneOfSession(process.pid());
    }

    @Test
    void destroy_stoppedProcess_endsIt() throws Exception {
        GatedProcess process = fork("echo ready; kill -STOP $$");
        process.release();
        awaitLines(1);

        launcher.destroy(ID, PATIENCE);

        assertThat(exitOf(process)).contains(new ExitStatus.Signaled(9));
    }

    @Test
    void destroy_gatedProcess_endsItWithoutItsCommand() throws Exception {
        GatedProcess process = fork("echo ran");

        launcher.destroy(ID, PATIENCE);

        assertThat(exitOf(process)).contains(new ExitStatus.Signaled(9));
        assertThat(out).doesNotExist();
    }

    @Test
    void destroy_unknownAndTwice_doNothing() throws Exception {
        launcher.destroy(ContainerId.of("unknown"), PATIENCE);
        GatedProcess process = fork("true");
        process.release();
        exitOf(process);

        launcher.destroy(ID, PATIENCE);
        launcher.destroy(ID, PATIENCE);

        assertNoneOfSession(process.pid());
    }

    @Test
    void destroy_processThatDoesNotDie_namesItAndIsRepeatable() throws Exception {
        GatedProcess process = fork("sleep 1000");
        process.release();
        kernel.answer("pidfdSendSignal", arguments -> null);

        assertThatThrownBy(() -> launcher.destroy(ID, Duration.ofMillis(10)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("container c", Integer.toString(process.pid()));

        kernel.repair("pidfdSendSignal");
        launcher.destroy(ID, PATIENCE);
        assertThat(exitOf(process)).contains(new ExitStatus.Signaled(9));
    }

    @Test
    void destroy_signalsRefused_throwsAndTriesAll() throws Exception {
        GatedProcess process = fork("sleep 1000 & echo; sleep 1000");
        process.release();
        awaitLines(1);
        List<Object> asked = new ArrayList<>();
        kernel.answer("pidfdSendSignal", arguments -> {
            asked.add(arguments[0]);
            throw new ErrnoException("pidfd_send_signal", Errno.EPERM, "by the test");
        });

        assertThatThrownBy(() -> launcher.destroy(ID, PATIENCE)).hasMessageContaining("EPERM");

        assertThat(asked).hasSizeGreaterThan(1);
        kernel.repair("pidfdSendSignal");
    }

    @Test
    void recover_runningProcess_isAdopted() throws Exception {
        GatedProcess process = fork("sleep 1000");
        process.release();
        PosixLauncher next = newLauncher();

        ContainerProcess adopted = next.recover(
                        new RecoveredContainer(ID, OptionalInt.of(process.pid()), Resources.NONE))
                .orElseThrow();
        assertThat(adopted.pid()).isEqualTo(process.pid());
        assertThat(adopted.signal(15)).isTrue();

        assertThat(exitOf(adopted)).isIn(Optional.of(new ExitStatus.Signaled(15)), unlessTold());
        exitOf(process);
        assertThat(adopted.signal(15)).isFalse();
        next.destroy(ID, PATIENCE);
    }

    /** Older kernels do not tell others than its parent, once that has reaped it. */
    private Optional<ExitStatus> unlessTold() {
        boolean told =
                KernelFeatures.probe(kernel.linux(), Feature.PIDFD_INFO_EXIT).isAvailable();
        return told ? Optional.of(new ExitStatus.Signaled(15)) : Optional.empty();
    }

    @Test
    void destroy_recoveredAfterItsFirstProcessHadEnded_endsItsSession() throws Exception {
        GatedProcess process = fork("(sleep 1000 & echo $!) ");
        ProcessIdentity init = ProcessIdentity.of(kernel.linux(), process.pid()).orElseThrow();
        process.release();
        exitOf(process);
        StateStore store = new StateStore(directory.resolve("state"));
        store.save(Checkpoints.of(ID, BootId.of(kernel.linux())).withInit(init));
        PosixLauncher next = newLauncher();

        assertThat(next.recover(new RecoveredContainer(ID, OptionalInt.empty(), Resources.NONE)))
                .isEmpty();
        next.destroy(ID, PATIENCE);

        assertNoneOfSession(process.pid());
    }

    @Test
    void recover_endedProcess_isEmpty() throws Exception {
        assertThat(launcher.recover(new RecoveredContainer(ID, OptionalInt.empty(), Resources.NONE)))
                .isEmpty();
    }

    @Test
    void recover_pollerClosedLater_failsTheExit() throws Exception {
        GatedProcess process = fork("sleep 1000");
        process.release();
        Poller other = Poller.start(kernel.linux());
        PosixLauncher next = new PosixLauncher(
                kernel.linux(),
                new Forker(kernel.linux(), other, new StateStore(directory.resolve("state")), (id, stat) -> {}));
        ContainerProcess adopted = next.recover(
                        new RecoveredContainer(ID, OptionalInt.of(process.pid()), Resources.NONE))
                .orElseThrow();

        other.close();

        assertThatThrownBy(() -> exitOf(adopted)).hasMessageContaining("poller was closed");
        assertThat(adopted.signal(15)).isFalse();
    }
}
