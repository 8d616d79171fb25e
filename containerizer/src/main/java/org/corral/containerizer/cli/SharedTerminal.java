package org.corral.containerizer.cli;

import java.util.Optional;
import org.corral.core.ExitStatus;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.TerminalCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A terminal that the command has together with us. It may be left without echo by a command that is killed; a shell
 * repairs that only for its own children. Confined to one thread.
 */
final class SharedTerminal {

    private static final Logger LOG = LoggerFactory.getLogger(SharedTerminal.class);

    /** At Ctrl-\, which is meant for the command, a JVM would print all of its threads. */
    private static final Signal FOR_THE_COMMAND = Signal.parse("QUIT");

    /** Stops who sets modes from the background, where a shell that was the command may have left us. */
    private static final Signal FROM_THE_BACKGROUND = Signal.parse("TTOU");

    private final TerminalCalls calls;
    private final int fd;
    private final byte[] modes;

    private SharedTerminal(TerminalCalls calls, int fd, byte[] modes) {
        this.calls = calls;
        this.fd = fd;
        this.modes = modes;
    }

    /** {@return the terminal among the standard streams, from now on shared; empty if none of them is one} */
    static Optional<SharedTerminal> share(TerminalCalls calls) {
        for (int fd = 0; fd <= 2; fd++) {
            try {
                SharedTerminal terminal = new SharedTerminal(calls, fd, calls.modes(fd));
                calls.ignore(FOR_THE_COMMAND.number());
                calls.ignore(FROM_THE_BACKGROUND.number());
                return Optional.of(terminal);
            } catch (ErrnoException e) {
                LOG.debug("descriptor {} is not shared as a terminal: {}", fd, e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Gives it back the modes it had, if the command had no chance to; what a command changed on purpose stays. */
    void restoreAfter(Optional<ExitStatus> end) {
        if (end.isPresent() && end.get() instanceof ExitStatus.Exited) {
            return;
        }
        try {
            calls.setModes(fd, modes);
        } catch (ErrnoException e) {
            LOG.debug("the terminal is gone: {}", e.getMessage());
        }
    }
}
