package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.core.ExitStatus;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.TerminalCalls;
import org.junit.jupiter.api.Test;

class SharedTerminalTest {

    private final List<String> calls = new ArrayList<>();

    private SharedTerminal share() {
        return SharedTerminal.share(new OnlyStandardError()).orElseThrow();
    }

    @Test
    void share_noTerminal_nothingIsIgnored() {
        TerminalCalls none = new OnlyStandardError() {
            @Override
            public byte[] modes(int fd) throws ErrnoException {
                throw new ErrnoException("tcgetattr", Errno.EBADF, "fd " + fd);
            }
        };
        assertThat(SharedTerminal.share(none)).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void share_oneOfTheStreams_signalsThatAreNotForUsIgnored() {
        share();
        assertThat(calls).containsExactly("ignore QUIT", "ignore TTOU");
    }

    @Test
    void restoreAfter_killed_modesAsBefore() {
        SharedTerminal terminal = share();
        calls.clear();
        terminal.restoreAfter(Optional.of(new ExitStatus.Signaled(9)));
        terminal.restoreAfter(Optional.empty());
        assertThat(calls).containsExactly("modes of 2: 42", "modes of 2: 42");
    }

    @Test
    void restoreAfter_exited_leftAsTheCommandWanted() {
        SharedTerminal terminal = share();
        calls.clear();
        terminal.restoreAfter(Optional.of(new ExitStatus.Exited(1)));
        assertThat(calls).isEmpty();
    }

    private class OnlyStandardError implements TerminalCalls {

        @Override
        public byte[] modes(int fd) throws ErrnoException {
            if (fd != 2) {
                throw new ErrnoException("tcgetattr", new Errno(25), "fd " + fd);
            }
            return new byte[] {42};
        }

        @Override
        public void setModes(int fd, byte[] modes) {
            calls.add("modes of " + fd + ": " + modes[0]);
        }

        @Override
        public WindowSize windowSize(int fd) {
            throw new UnsupportedOperationException("of no interest to who only lends it");
        }

        @Override
        public void ignore(int signal) {
            calls.add("ignore " + new Signal(signal));
        }
    }
}
