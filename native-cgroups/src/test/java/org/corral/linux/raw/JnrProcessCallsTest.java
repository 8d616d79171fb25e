package org.corral.linux.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.corral.core.ExitStatus;
import org.corral.core.Rlimit;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JnrProcessCallsTest {

    private static final int NO_FD = 999_999;

    private final ProcessCalls processes = new JnrProcessCalls();
    private final FileCalls files = new JnrFileCalls();

    @Test
    void pid_ofThisProcess_asTheJvmHasIt() {
        assertThat(processes.pid()).isEqualTo((int) ProcessHandle.current().pid());
    }

    @Test
    void effectiveUserId_ofThisProcess_asProcHasIt() throws IOException {
        assertThat(processes.effectiveUserId()).isEqualTo(Files.getAttribute(Path.of("/proc/self/status"), "unix:uid"));
    }

    @Test
    void clockTicks_onLinux_oneHundred() {
        assertThat(processes.clockTicks()).isEqualTo(100);
    }

    @Test
    void isTerminal_file_false() throws IOException {
        int fd = files.open("/dev/null", Constants.O_RDONLY, 0);
        assertThat(processes.isTerminal(fd)).isFalse();
        files.close(fd);
    }

    /** The kernel would take 1 and answer ESRCH or EINVAL to the others: EINVAL for all shows that it was not asked. */
    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1, Integer.MIN_VALUE})
    void pidfdOpen_oneOrLess_refused(int pid) {
        assertFails(() -> processes.pidfdOpen(pid), Errno.EINVAL, "pidfd_open(pid " + pid + ")");
    }

    @Test
    void pidfdOpen_endedProcess_esrch() throws Exception {
        int pid = processes.spawn(Children.plan(List.of(), "/bin/true"));
        Children.await(pid);
        assertFails(() -> processes.pidfdOpen(pid), Errno.ESRCH, "pidfd_open(pid " + pid + ")");
    }

    @Test
    void pidfdSendSignal_reapedProcess_esrch() throws Exception {
        int pid = processes.spawn(Children.plan(List.of(), "/bin/true"));
        int pidFd = processes.pidfdOpen(pid);
        Children.await(pid);
        assertFails(
                () -> processes.pidfdSendSignal(pidFd, 9),
                Errno.ESRCH,
                "pidfd_send_signal(pidfd " + pidFd + ", signal 9)");
        files.close(pidFd);
    }

    @Test
    void pidfdSendSignal_noSignal_einval() throws IOException {
        int pidFd = processes.pidfdOpen(processes.pid());
        assertFails(
                () -> processes.pidfdSendSignal(pidFd, 65),
                Errno.EINVAL,
                "pidfd_send_signal(pidfd " + pidFd + ", signal 65)");
        files.close(pidFd);
    }

    @Test
    void wait_runningThenKilled_emptyThenItsSignal() throws Exception {
        int pid = processes.spawn(Children.plan(List.of(), "/bin/sleep", "1000"));
        int pidFd = processes.pidfdOpen(pid);
        assertThat(processes.wait(pidFd)).isEmpty();
        processes.pidfdSendSignal(pidFd, 15);
        assertThat(Children.await(pid)).isEqualTo(new ExitStatus.Signaled(15));
        assertFails(() -> processes.wait(pidFd), Errno.ECHILD, "waitid(pidfd " + pidFd + ")");
        files.close(pidFd);
    }

    @Test
    void wait_notAChild_echild() throws IOException {
        int pidFd = processes.pidfdOpen(processes.pid());
        assertFails(() -> processes.wait(pidFd), Errno.ECHILD, "waitid(pidfd " + pidFd + ")");
        files.close(pidFd);
    }

    @Test
    void exitStatus_runningAndZombie_emptyOrUnknownCall() throws Exception {
        int pid = processes.spawn(Children.plan(List.of(), "/bin/sleep", "1000"));
        int pidFd = processes.pidfdOpen(pid);
        assertThat(exitStatusIfKnown(pidFd)).isEmpty();
        Children.kill(pid);
        assertThat(Children.await(pid)).isEqualTo(new ExitStatus.Signaled(9));
        assertThat(exitStatusIfKnown(pidFd)).isIn(Optional.empty(), Optional.of(new ExitStatus.Signaled(9)));
        files.close(pidFd);
    }

    /** As on kernels of any age. */
    private Optional<ExitStatus> exitStatusIfKnown(int pidFd) throws ErrnoException {
        try {
            return processes.exitStatus(pidFd);
        } catch (ErrnoException e) {
            assertThat(e.is(Errno.ENOTTY, Errno.ESRCH)).as(e.getMessage()).isTrue();
            return Optional.empty();
        }
    }

    @Test
    void pidfdOpenThread_oneOrLess_refused() {
        assertFails(() -> processes.pidfdOpenThread(1), Errno.EINVAL, "pidfd_open(thread 1)");
    }

    @Test
    void threadId_ofThisThread_asProcHasIt() throws IOException {
        assertThat(Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName())
                .hasToString(Integer.toString(processes.threadId()));
    }

    @Test
    void limits_noSuchProcess_esrch() throws Exception {
        int pid = processes.spawn(Children.plan(List.of(), "/bin/true"));
        Children.await(pid);
        Rlimit.Limits none = new Rlimit.Limits(0, 0);
        assertFails(() -> processes.limits(pid, Rlimit.CORE), Errno.ESRCH, "prlimit(pid " + pid + ", CORE)");
        assertFails(
                () -> processes.setLimits(pid, Rlimit.CORE, none), Errno.ESRCH, "prlimit(pid " + pid + ", CORE=0:0)");
    }

    @Test
    void everyCall_noDescriptor_ebadf() {
        assertFails(
                () -> processes.pidfdSendSignal(NO_FD, 15), Errno.EBADF, "pidfd_send_signal(pidfd 999999, signal 15)");
        assertFails(() -> processes.wait(NO_FD), Errno.EBADF, "waitid(pidfd 999999)");
        assertFails(() -> processes.exitStatus(NO_FD), Errno.EBADF, "ioctl(PIDFD_GET_INFO of pidfd 999999)");
        assertThat(processes.isTerminal(NO_FD)).isFalse();
    }

    private static void assertFails(ThrowingCallable call, Errno errno, String where) {
        assertThatExceptionOfType(ErrnoException.class).isThrownBy(call).withMessage(where + ": " + errno);
    }

    /** Some can be had where the bounding set allows them: this test takes what the thread has. */
    @Test
    void dropInheritableCapabilities_thisThread_theOthersStay() throws Exception {
        String before = capabilities("CapEff");

        processes.dropInheritableCapabilities();

        assertThat(capabilities("CapInh")).matches("0+");
        assertThat(capabilities("CapAmb")).matches("0+");
        assertThat(capabilities("CapEff")).isEqualTo(before);
    }

    private static String capabilities(String set) throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith(set + ":"))
                .map(line -> line.substring(set.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
