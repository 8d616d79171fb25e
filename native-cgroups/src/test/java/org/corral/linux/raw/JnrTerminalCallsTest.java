package org.corral.linux.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.Test;

class JnrTerminalCallsTest {

    private static final int ECHO_WORD = 12;
    private static final int ECHO = 010;
    private static final int SIGWINCH = 28;
    private static final int NO_FD = 999_999;

    private final TerminalCalls calls = TerminalCalls.ofThisHost();
    private final FileCalls files = new JnrFileCalls();

    @Test
    void modes_noTerminal_enotty() throws Exception {
        int fd = files.open("/dev/null", Constants.O_RDWR, 0);
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> calls.modes(fd))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(new Errno(25)));
        files.close(fd);
    }

    /** The master of a pseudo-terminal has the modes of the terminal. */
    @Test
    void setModes_withoutEcho_readBackWithoutEcho() throws Exception {
        int fd = files.open("/dev/ptmx", Constants.O_RDWR, 0);
        byte[] modes = calls.modes(fd);
        assertThat(modes[ECHO_WORD] & ECHO).isEqualTo(ECHO);

        modes[ECHO_WORD] ^= ECHO;
        calls.setModes(fd, modes);

        assertThat(calls.modes(fd)).isEqualTo(modes);
        files.close(fd);
    }

    @Test
    void setModes_keyByKey_takenAsTheyAreAndGivenBack() throws Exception {
        int master = files.open("/dev/ptmx", Constants.O_RDWR, 0);
        byte[] before = calls.modes(master);

        byte[] keyByKey = TerminalModes.keyByKey(before);
        calls.setModes(master, keyByKey);

        assertThat(calls.modes(master)).isEqualTo(keyByKey).isNotEqualTo(before);
        calls.setModes(master, before);
        assertThat(calls.modes(master)).isEqualTo(before);
        files.close(master);
    }

    @Test
    void windowSize_terminalThatWasNotTold_isZero() throws Exception {
        int fd = files.open("/dev/ptmx", Constants.O_RDWR, 0);

        assertThat(calls.windowSize(fd)).isEqualTo(new TerminalCalls.WindowSize(0, 0));
        files.close(fd);
    }

    @Test
    void windowSize_noTerminal_enotty() throws Exception {
        int fd = files.open("/dev/null", Constants.O_RDWR, 0);
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> calls.windowSize(fd))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(new Errno(25)));
        files.close(fd);
    }

    @Test
    void setModes_closedDescriptor_ebadf() {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> calls.setModes(NO_FD, new byte[Structs.Termios.SIZE]))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
    }

    /** SIGWINCH does nothing to a process anyway. */
    @Test
    void ignore_signal_inTheMaskOfProc() throws Exception {
        calls.ignore(SIGWINCH);
        String ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseUnsignedLong(ignored, 16) >> (SIGWINCH - 1) & 1).isEqualTo(1);
    }

    @Test
    void ignore_sigkill_einval() {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> calls.ignore(9))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }
}
