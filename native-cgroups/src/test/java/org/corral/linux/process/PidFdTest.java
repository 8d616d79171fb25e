package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.corral.core.ExitStatus;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeLinux;
import org.corral.testing.FakeProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidFdTest {

    private static final int SIGKILL = 9;

    private FakeLinux kernel;

    @BeforeEach
    void boot(@TempDir Path root) {
        kernel = new FakeLinux(root);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1, Integer.MIN_VALUE})
    void open_pidThatMeansInitOrMany_refusedBeforeAnyCall(int pid) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PidFd.open(kernel.linux(), pid))
                .withMessageContaining(String.valueOf(pid));
        assertThat(kernel.calls().recorded()).isEmpty();
    }

    @Test
    void open_noSuchProcess_empty() throws Exception {
        assertThat(PidFd.open(kernel.linux(), 77)).isEmpty();
    }

    @Test
    void open_endedLeaderOfASessionThatGoesOn_empty() throws Exception {
        FakeProcess process = kernel.start();
        process.exit(0);
        kernel.calls().failNext("pidfd_open", "", Errno.EINVAL);

        assertThat(PidFd.open(kernel.linux(), process.pid())).isEmpty();
    }

    @Test
    void open_threadOfAnother_told() {
        FakeProcess process = kernel.start();
        kernel.calls().failNext("pidfd_open", "", Errno.EINVAL);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> PidFd.open(kernel.linux(), process.pid()))
                .withMessageContaining("EINVAL");
    }

    @Test
    void open_otherError_told() {
        FakeProcess process = kernel.start();
        kernel.calls().failNext("pidfd_open", "", Errno.EMFILE);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> PidFd.open(kernel.linux(), process.pid()))
                .withMessageContaining("pid " + process.pid())
                .withMessageContaining("EMFILE");
    }

    @Test
    void signal_runningProcess_getsIt() throws Exception {
        FakeProcess process = kernel.start();
        try (PidFd held = PidFd.open(kernel.linux(), process.pid()).orElseThrow()) {
            assertThat(held.signal(SIGKILL)).isTrue();
        }
        assertThat(process.signals()).containsExactly(SIGKILL);
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void signal_endedProcess_false() throws Exception {
        FakeProcess process = kernel.start();
        try (PidFd held = PidFd.open(kernel.linux(), process.pid()).orElseThrow()) {
            process.exit(0);

            assertThat(held.signal(SIGKILL)).isFalse();
            assertThat(held.isAlive()).isFalse();
        }
    }

    @Test
    void signal_notAllowed_toldWithPidAndSignal() throws Exception {
        FakeProcess process = kernel.start();
        kernel.calls().failNext("pidfd_send_signal", "", Errno.EPERM);
        try (PidFd held = PidFd.open(kernel.linux(), process.pid()).orElseThrow()) {
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> held.signal(SIGKILL))
                    .withMessageContaining("process " + process.pid() + ", signal 9");
        }
    }

    @Test
    void isAlive_processOfAnotherUser_true() throws Exception {
        FakeProcess process = kernel.start();
        kernel.calls().failNext("pidfd_send_signal", "signal 0", Errno.EPERM);
        try (PidFd held = PidFd.open(kernel.linux(), process.pid()).orElseThrow()) {
            assertThat(held.isAlive()).isTrue();
        }
    }

    @Test
    void reap_child_statusOnceItHasEnded() throws Exception {
        FakeProcess child = kernel.startChild();
        try (PidFd held = PidFd.open(kernel.linux(), child.pid()).orElseThrow()) {
            assertThat(held.reap()).isEmpty();
            child.exit(3);

            assertThat(held.isAlive()).as("a zombie").isTrue();
            assertThat(held.reap()).contains(new ExitStatus.Exited(3));
            assertThat(held.isAlive()).isFalse();
        }
    }

    @Test
    void reap_childOfAnother_empty() throws Exception {
        FakeProcess process = kernel.start();
        try (PidFd held = PidFd.open(kernel.linux(), process.pid()).orElseThrow()) {
            process.exit(3);

            assertThat(held.reap()).isEmpty();
        }
    }
}
