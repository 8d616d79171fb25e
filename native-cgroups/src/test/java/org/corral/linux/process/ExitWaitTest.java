package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeLinux;
import org.corral.testing.FakeProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitWaitTest {

    private static final Duration LONG = Duration.ofDays(1);

    private FakeLinux kernel;

    @BeforeEach
    void boot(@TempDir Path root) {
        kernel = new FakeLinux(root);
    }

    @Test
    void all_processesEndOneAfterTheOther_trueOnceTheLastHas() throws Exception {
        FakeProcess first = kernel.start();
        FakeProcess second = kernel.start();
        kernel.events().duringNextWait(() -> first.exit(0));
        kernel.events().duringNextWait(() -> second.exit(0));

        try (PidFd one = hold(first);
                PidFd other = hold(second);
                ExitWait wait = new ExitWait(kernel.linux(), List.of(one, other))) {
            assertThat(wait.all(LONG)).isTrue();
        }
        assertThat(first.isRunning() || second.isRunning()).isFalse();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void all_noneToWaitFor_trueWithoutWaiting() throws Exception {
        try (ExitWait wait = new ExitWait(kernel.linux(), List.of())) {
            assertThat(wait.all(LONG)).isTrue();
        }
        assertThat(kernel.calls().recorded("epoll_wait")).isEmpty();
    }

    @Test
    void all_patienceOver_false() throws Exception {
        try (PidFd held = hold(kernel.start());
                ExitWait wait = new ExitWait(kernel.linux(), List.of(held))) {
            assertThat(wait.all(Duration.ofMillis(5))).isFalse();
        }
    }

    @Test
    void hasEnded_zombie_true() throws Exception {
        FakeProcess child = kernel.startChild();
        try (PidFd held = hold(child)) {
            assertThat(ExitWait.hasEnded(kernel.linux(), held)).isFalse();
            child.exit(0);
            assertThat(ExitWait.hasEnded(kernel.linux(), held)).isTrue();
        }
    }

    @Test
    void create_processCannotBeAdded_epollClosed() throws Exception {
        try (PidFd held = hold(kernel.start())) {
            kernel.calls().failNext("epoll_ctl", "add", Errno.ENOSPC);

            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> new ExitWait(kernel.linux(), List.of(held)));
        }
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    private PidFd hold(FakeProcess process) throws ErrnoException {
        return PidFd.open(kernel.linux(), process.pid()).orElseThrow();
    }
}
