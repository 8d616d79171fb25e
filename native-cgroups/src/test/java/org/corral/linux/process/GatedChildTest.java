package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.core.ExitStatus;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.corral.linux.raw.Constants;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GatedChildTest {

    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();
    private Poller poller;
    private Path marker;

    @BeforeEach
    void start() throws Exception {
        poller = Poller.start(kernel.linux());
        marker = directory.resolve("marker");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        poller.close();
        assertThat(kernel.openDescriptors()).isEmpty();
        assertThat(kernel.closedTwice()).isEmpty();
        assertThat(directory.resolve("gate")).doesNotExist();
        assertThat(directory.resolve("go")).doesNotExist();
        int self = kernel.linux().processes().pid();
        assertThat(ProcessTable.read(kernel.linux()).processes())
                .as("children and zombies")
                .noneMatch(process -> process.parent() == self);
    }

    private GatedChild start(SpawnPlan plan) throws IOException {
        return GatedChild.start(kernel.linux(), poller, Gate.create(kernel.linux(), directory), plan);
    }

    private static SpawnPlan plan(String program, List<String> arguments, Action... actions) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        return new SpawnPlan(program, command, List.of("A=1", "B=two words"), List.of(actions), true);
    }

    private SpawnPlan marking() {
        return plan("/bin/sh", List.of("-c", "echo ran >> " + marker));
    }

    private static Optional<ExitStatus> exitOf(GatedChild child) throws Exception {
        return child.exit().toCompletableFuture().get();
    }

    @Test
    void start_child_waitsInItsOwnSessionWithoutRunningItsCommand() throws Exception {
        GatedChild child = start(marking());

        ProcStat stat = ProcessTable.find(kernel.linux(), child.pid()).orElseThrow();
        assertThat(stat.parent()).isEqualTo(kernel.linux().processes().pid());
        assertThat(marker).doesNotExist();
        child.abort();
        exitOf(child);
    }

    @Test
    void start_inheritableCapabilitiesCannotBeDropped_thereIsNoChild() {
        kernel.fail("dropInheritableCapabilities", Errno.EPERM);

        assertThatThrownBy(() -> start(marking())).hasMessageContaining("EPERM");

        assertThat(marker).doesNotExist();
    }

    @Test
    void release_command_isRunOnce() throws Exception {
        GatedChild child = start(marking());

        child.release();

        assertThat(exitOf(child)).contains(new ExitStatus.Exited(0));
        assertThat(marker).hasContent("ran");
    }

    @Test
    void release_twiceAndAfterAbort_doNothingMore() throws Exception {
        GatedChild child = start(marking());
        child.release();

        child.release();
        child.abort();

        assertThat(exitOf(child)).contains(new ExitStatus.Exited(0));
        assertThat(marker).hasContent("ran");
    }

    @Test
    void abort_command_isNeverRun() throws Exception {
        GatedChild child = start(marking());

        child.abort();
        child.release();

        exitOf(child);
        assertThat(marker).doesNotExist();
    }

    @Test
    void exit_commandWithACode_tellsIt() throws Exception {
        GatedChild child = start(plan("/bin/sh", List.of("-c", "exit 7")));

        child.release();

        assertThat(exitOf(child)).contains(new ExitStatus.Exited(7));
        assertThat(child.finalStat())
                .hasValueSatisfying(stat -> assertThat(stat.pid()).isEqualTo(child.pid()));
        assertThat(child.signal(SIGTERM)).isFalse();
    }

    @Test
    void signal_runningChild_endsIt() throws Exception {
        GatedChild child = start(plan("/bin/sleep", List.of("1000")));
        child.release();

        assertThat(child.signal(SIGTERM)).isTrue();

        assertThat(exitOf(child)).contains(new ExitStatus.Signaled(SIGTERM));
    }

    @Test
    void signal_gatedChild_endsItWithoutItsCommand() throws Exception {
        GatedChild child = start(marking());

        child.signal(SIGKILL);

        assertThat(exitOf(child)).contains(new ExitStatus.Signaled(SIGKILL));
        child.release();
        assertThat(marker).doesNotExist();
    }

    @Test
    void release_missingCommand_isNotFound() throws Exception {
        GatedChild child = start(plan("/absent/command", List.of()));

        assertThatThrownBy(child::release).isInstanceOfSatisfying(ErrnoException.class, e -> assertThat(e.errno())
                .isEqualTo(Errno.ENOENT));
        exitOf(child);
    }

    @Test
    void release_fileWithoutPermission_isNotExecutable() throws Exception {
        Path file = Files.writeString(directory.resolve("script"), "#!/bin/sh\n");
        GatedChild child = start(plan(file.toString(), List.of()));

        assertThatThrownBy(child::release).isInstanceOfSatisfying(ErrnoException.class, e -> assertThat(e.errno())
                .isEqualTo(Errno.EACCES));
        exitOf(child);
    }

    @Test
    void release_failingAction_tellsItsErrno() throws Exception {
        GatedChild child = start(plan("/bin/true", List.of(), new Action.ChangeDirectory("/absent/directory")));

        assertThatThrownBy(child::release).isInstanceOf(ErrnoException.class).hasMessageContaining("ENOENT");
        exitOf(child);
    }

    @Test
    void release_environmentAndDescriptors_areExactlyThePlans() throws Exception {
        Path out = directory.resolve("out");
        Action write = new Action.Open(1, out.toString(), Constants.O_WRONLY | Constants.O_CREAT, 0600);
        GatedChild child =
                start(plan("/bin/sh", List.of("-c", "/usr/bin/env; ls /proc/$$/fd"), write, new Action.CloseFrom(3)));

        child.release();

        assertThat(exitOf(child)).contains(new ExitStatus.Exited(0));
        assertThat(Files.readAllLines(out))
                .contains("A=1", "B=two words", "0", "1", "2")
                .filteredOn(line -> !line.matches("PWD=.*|SHLVL=.*|_=.*|OLDPWD=.*")) // the shell's own
                .containsExactlyInAnyOrder("A=1", "B=two words", "0", "1", "2");
    }

    @Test
    void start_manyAtOnce_allRunOnceAndAreReaped() throws Exception {
        int count = 50;
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<Future<Optional<ExitStatus>>> exits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int code = i;
            exits.add(threads.submit(() -> runWithCode(code)));
        }
        for (int i = 0; i < count; i++) {
            assertThat(exits.get(i).get()).contains(new ExitStatus.Exited(i));
        }
        threads.shutdown();
    }

    private Optional<ExitStatus> runWithCode(int code) throws Exception {
        Path own = Files.createDirectory(directory.resolve("c" + code));
        GatedChild child = GatedChild.start(
                kernel.linux(),
                poller,
                Gate.create(kernel.linux(), own),
                plan("/bin/sh", List.of("-c", "exit " + code)));
        child.release();
        Optional<ExitStatus> status = exitOf(child);
        assertThat(own).isEmptyDirectory();
        return status;
    }

    @Test
    void start_spawnFails_throwsItsErrno() {
        kernel.fail("spawn", Errno.EAGAIN);

        assertThatThrownBy(() -> start(marking()))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN));
    }

    @Test
    void start_pidfdCannotBeOpened_sendsTheChildAway() {
        kernel.fail("pidfdOpen", Errno.EMFILE);

        assertThatThrownBy(() -> start(marking()))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("EMFILE");
        assertThat(marker).doesNotExist();
    }

    @Test
    void start_noDescriptorForPidfdNorFifo_sendsTheChildAwayOnceThereIsOne() {
        AtomicInteger refused = new AtomicInteger();
        kernel.fail("pidfdOpen", Errno.EMFILE).answer("open", arguments -> {
            if (refused.incrementAndGet() == 3) {
                kernel.repair("open");
            }
            throw new ErrnoException("open", Errno.EMFILE, (String) arguments[0]);
        });

        assertThatThrownBy(() -> start(marking())).hasMessageContaining("EMFILE");
        assertThat(marker).doesNotExist();
    }

    @Test
    void start_cannotBeWatched_sendsTheChildAway() {
        kernel.fail("epollAdd", Errno.ENOSPC);

        assertThatThrownBy(() -> start(marking()))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("ENOSPC");
        assertThat(marker).doesNotExist();
    }

    @Test
    void start_closedPoller_sendsTheChildAway() {
        poller.close();

        assertThatThrownBy(() -> start(marking())).isInstanceOf(IllegalStateException.class);
        assertThat(marker).doesNotExist();
    }

    @Test
    void release_fifoCannotBeOpened_killsTheChild() throws Exception {
        GatedChild child = start(marking());
        kernel.fail("open", Errno.EMFILE);

        assertThatThrownBy(child::release).isInstanceOf(ErrnoException.class).hasMessageContaining("EMFILE");

        assertThat(exitOf(child)).contains(new ExitStatus.Signaled(SIGKILL));
        assertThat(marker).doesNotExist();
    }

    @Test
    void abort_fifoCannotBeOpened_killsTheChild() throws Exception {
        GatedChild child = start(marking());
        kernel.fail("open", Errno.EMFILE);

        child.abort();

        assertThat(exitOf(child)).contains(new ExitStatus.Signaled(SIGKILL));
        assertThat(marker).doesNotExist();
    }

    @Test
    void release_goCannotBeMade_killsTheChild() throws Exception {
        GatedChild child = start(marking());
        Files.createFile(directory.resolve("go"));

        assertThatThrownBy(child::release).isInstanceOf(IOException.class);

        assertThat(exitOf(child)).contains(new ExitStatus.Signaled(SIGKILL));
        assertThat(marker).doesNotExist();
    }

    @Test
    void exit_statusThatCannotBeTold_isEmpty() throws Exception {
        GatedChild child = start(plan("/bin/true", List.of()));
        kernel.answer("wait", arguments -> {
            kernel.repair("wait");
            kernel.linux().processes().wait((Integer) arguments[0]);
            throw new ErrnoException("waitid", Errno.ECHILD, "by the test");
        });

        child.release();

        assertThat(exitOf(child)).isEmpty();
    }

    @Test
    void exit_pollerClosedBefore_failsAndTheChildGoesOn() throws Exception {
        GatedChild child = start(plan("/bin/sh", List.of("-c", "read line < " + fifo() + "; echo ran > " + marker)));
        child.release();

        poller.close();

        assertThatThrownBy(() -> exitOf(child))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("poller was closed");
        assertThat(child.signal(SIGKILL)).isFalse();
        Files.writeString(directory.resolve("fifo"), "go on\n");
        reap(child.pid());
        assertThat(marker).hasContent("ran");
    }

    private Path fifo() throws IOException {
        Path fifo = directory.resolve("fifo");
        kernel.linux().files().makeFifo(fifo.toString(), 0600);
        return fifo;
    }

    private void reap(int pid) throws IOException {
        try (PidFd child = PidFd.open(kernel.linux(), pid).orElseThrow()) {
            assertThat(waitFor(child)).isTrue();
            child.reap();
        }
    }

    private boolean waitFor(PidFd child) throws IOException {
        try (ExitWait wait = new ExitWait(kernel.linux(), List.of(child))) {
            return wait.all(Duration.ofSeconds(60));
        }
    }
}
