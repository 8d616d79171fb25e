package org.corral.linux.raw;

import org.corral.linux.errno.ErrnoException;

/**
 * Calls for a program that lends its terminal to a child, and must put up with what the terminal does to both; or that has it for
 * itself. Thread-safe.
 */
public interface TerminalCalls {

    /** {@return the calls on this process} */
    static TerminalCalls ofThisHost() {
        return new JnrTerminalCalls();
    }

    /**
     * {@code int tcgetattr(int fd, struct termios *termios)} — termios(3).
     *
     * @return the terminal's modes, meant for {@link #setModes} and {@link TerminalModes} alone
     * @throws ErrnoException ENOTTY if it is no terminal
     */
    byte[] modes(int fd) throws ErrnoException;

    /**
     * {@code int tcsetattr(int fd, TCSADRAIN, const struct termios *termios)} — termios(3). From the background it stops
     * the caller, unless that ignores SIGTTOU.
     */
    void setModes(int fd, byte[] modes) throws ErrnoException;

    /**
     * {@code int ioctl(int fd, TIOCGWINSZ, struct winsize *size)} — ioctl_tty(2).
     *
     * @throws ErrnoException ENOTTY if it is no terminal
     */
    WindowSize windowSize(int fd) throws ErrnoException;

    /**
     * {@code sighandler_t signal(int signum, SIG_IGN)} — signal(2), for signals whose handler the JVM does not give up.
     * Children that posix_spawn(3) makes get the default back.
     */
    void ignore(int signal) throws ErrnoException;

    /**
     * How large a terminal is, in characters. Immutable.
     *
     * @param rows 0 if the terminal was not told
     * @param columns 0 if the terminal was not told
     */
    record WindowSize(int rows, int columns) {}
}
