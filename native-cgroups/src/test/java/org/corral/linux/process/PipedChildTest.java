package org.corral.linux.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.corral.core.ExitStatus;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.corral.linux.raw.Constants;
import org.corral.linux.raw.FileCalls;
import org.corral.linux.raw.PipeEnds;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PipedChildTest {

    private static final int PLENTY = 1 << 20;
    private static final int SIGKILL = 9;

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();
    private Poller poller;

    @BeforeEach
    void start() throws Exception {
        poller = Poller.start(kernel.linux());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        poller.close();
        assertThat(kernel.openDescriptors()).isEmpty();
        assertThat(kernel.closedTwice()).isEmpty();
        assertThat(directory.resolve("gate")).doesNotExist();
        int self = kernel.linux().processes().pid();
        assertThat(ProcessTable.read(kernel.linux()).processes())
                .as("children and zombies")
                .noneMatch(process -> process.parent() == self);
    }

    private PipedChild start(String script, byte[] input, int mostOutput, Action... actions) throws IOException {
        SpawnPlan plan = new SpawnPlan(
                "/bin/sh", List.of("sh", "-c", script), List.of("PATH=/usr/bin:/bin"), List.of(actions), true);
        return start(plan, input, mostOutput);
    }

    private PipedChild start(SpawnPlan plan, byte[] input, int mostOutput) throws IOException {
        return PipedChild.start(
                kernel.linux(), poller, Gate.create(kernel.linux(), directory), plan, input, mostOutput);
    }

    private static PipedChild.Result resultOf(PipedChild child) throws Exception {
        return child.result().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void start_inputAndOutput_goThroughWhole() throws Exception {
        byte[] large = new byte[300_000]; // several times what a pipe holds
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) i;
        }

        PipedChild.Result result = resultOf(start("cat; exit 3", large, PLENTY));

        assertThat(result.output()).isEqualTo(large);
        assertThat(result.status()).contains(new ExitStatus.Exited(3));
    }

    @Test
    void start_noInput_childReadsItsEnd() throws Exception {
        assertThat(resultOf(start("cat; echo end", new byte[0], PLENTY)).output())
                .isEqualTo("end\n".getBytes(UTF_8));
    }

    @Test
    void start_childDoesNotReadItsInput_itsExitIsAllThatCounts() throws Exception {
        PipedChild.Result result = resultOf(start("exit 5", new byte[300_000], PLENTY));

        assertThat(result.status()).contains(new ExitStatus.Exited(5));
    }

    @Test
    void start_plansActions_comeAfterThePipes() throws Exception {
        Path errors = directory.resolve("errors");
        Action stderr = new Action.Open(
                2, errors.toString(), Constants.O_WRONLY | Constants.O_CREAT | Constants.O_APPEND, 0600);

        PipedChild.Result result = resultOf(
                start("ls /proc/self/fd; echo wrong >&2", new byte[0], PLENTY, stderr, new Action.CloseFrom(3)));

        assertThat(new String(result.output(), UTF_8)).isEqualTo("0\n1\n2\n3\n"); // 3 is the directory that ls reads
        assertThat(errors).hasContent("wrong");
    }

    @Test
    void start_moreOutputThanAllowed_isCutOff() throws Exception {
        PipedChild.Result result = resultOf(start("exec cat /dev/zero", new byte[0], 1000));

        assertThat(result.output()).hasSize(1001);
        assertThat(result.status()).contains(new ExitStatus.Signaled(13));
    }

    /** As where a program leaves a daemon behind that does not close its streams. */
    @Test
    void result_outputHeldByAnotherProcess_isNotWaitedFor() throws Exception {
        Path pid = directory.resolve("pid");
        PipedChild child = start("sleep 1000 & echo $! > " + pid + "; echo said", new byte[0], PLENTY);

        assertThat(resultOf(child).output()).isEqualTo("said\n".getBytes(UTF_8));

        try (PidFd left = PidFd.open(
                        kernel.linux(), Integer.parseInt(Files.readString(pid).strip()))
                .orElseThrow()) {
            left.signal(SIGKILL);
        }
    }

    @Test
    void output_closedByARunningChild_completes() throws Exception {
        PipedChild child = start("echo ready; exec > /dev/null; cat", new byte[0], PLENTY);

        assertThat(child.output().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isEqualTo("ready\n".getBytes(UTF_8));

        assertThat(resultOf(child).output()).isEqualTo("ready\n".getBytes(UTF_8));
    }

    @Test
    void signal_hangingChild_endsIt() throws Exception {
        PipedChild child = start("exec sleep 1000", new byte[0], PLENTY);

        assertThat(child.signal(SIGKILL)).isTrue();

        assertThat(resultOf(child).status()).contains(new ExitStatus.Signaled(SIGKILL));
        assertThat(child.signal(SIGKILL)).isFalse();
        assertThat(child.pid()).isPositive();
    }

    @Test
    void start_missingProgram_failsWithItsErrno() {
        SpawnPlan plan = new SpawnPlan("/no/such", List.of("such"), List.of(), List.of(), true);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> start(plan, new byte[0], PLENTY))
                .satisfies(e -> assertThat(e.is(Errno.ENOENT)).isTrue());
    }

    @Test
    void start_noDescriptorForThePipes_nothingIsMade() {
        kernel.fail("pipe", Errno.EMFILE);

        assertThatThrownBy(() -> start("true", new byte[0], PLENTY)).hasMessageContaining("EMFILE");
    }

    @Test
    void start_noDescriptorForTheSecondPipe_theFirstIsClosed() {
        kernel.failAfter(1, "pipe", Errno.EMFILE);

        assertThatThrownBy(() -> start("true", new byte[0], PLENTY)).hasMessageContaining("EMFILE");
    }

    @Test
    void start_endCannotBeMadeNonBlocking_nothingIsLeft() {
        for (int good = 0; good < 2; good++) {
            kernel.failAfter(good, "setNonBlocking", Errno.EPERM);
            assertThatThrownBy(() -> start("true", new byte[0], PLENTY)).hasMessageContaining("EPERM");
        }
    }

    @Test
    void start_standardStreamClosed_refused() {
        kernel.answer("pipe", none -> new PipeEnds(3, 1 << 30)).answer("close", none -> null);

        assertThatThrownBy(() -> start("true", new byte[0], PLENTY)).hasMessageContaining("standard stream");

        kernel.repair("close");
    }

    /** The first is the child's own, for its exit. */
    @Test
    void start_pipesCannotBeWatched_childIsKilled() throws Exception {
        for (int good = 1; good <= 2; good++) {
            kernel.failAfter(good, "epollAdd", Errno.ENOSPC);

            assertThatThrownBy(() -> start("exec sleep 1000", new byte[0], PLENTY))
                    .hasMessageContaining("ENOSPC");

            awaitNoChild();
        }
    }

    private void awaitNoChild() throws Exception {
        int self = kernel.linux().processes().pid();
        while (ProcessTable.read(kernel.linux()).processes().stream().anyMatch(p -> p.parent() == self)) {
            Thread.sleep(5);
        }
    }

    @Test
    void result_readFails_itsExitIsTold() throws Exception {
        failOnPipes("read");

        PipedChild.Result result = resultOf(start("echo one; exit 4", new byte[0], PLENTY));

        assertThat(result.status()).contains(new ExitStatus.Exited(4));
        assertThat(result.output()).isEmpty();
    }

    @Test
    void result_writeFails_childFindsTheEndOfItsInput() throws Exception {
        failOnPipes("write");

        PipedChild.Result result = resultOf(start("cat; echo end", new byte[10], PLENTY));

        assertThat(result.output()).isEqualTo("end\n".getBytes(UTF_8));
    }

    /** The poller's own reads and writes must go on. */
    private void failOnPipes(String call) {
        FileCalls real = Linux.ofThisHost().files();
        kernel.answer(call, arguments -> {
            int fd = (int) arguments[0];
            if ("pipe".equals(kernel.openDescriptors().get(fd))) {
                throw new ErrnoException(call, Errno.EIO, "by the test");
            }
            return call.equals("write")
                    ? (Object) real.write(fd, (byte[]) arguments[1])
                    : (Object) real.read(fd, (byte[]) arguments[1], (int) arguments[2]);
        });
    }

    @Test
    void result_pollerClosed_fails() throws Exception {
        PipedChild child = start("exec sleep 1000", new byte[0], PLENTY);
        int pid = child.pid();
        try (PidFd held = PidFd.open(kernel.linux(), pid).orElseThrow()) {
            poller.close();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> child.result().toCompletableFuture().get())
                    .withMessageContaining("the poller was closed");
            assertThat(child.output().toCompletableFuture()).isCompletedExceptionally();
            held.signal(SIGKILL);
            while (held.reap().isEmpty()) {
                Thread.sleep(1);
            }
        }
    }
}
