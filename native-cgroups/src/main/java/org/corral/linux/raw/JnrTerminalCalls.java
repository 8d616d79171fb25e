package org.corral.linux.raw;

import static org.corral.linux.raw.Constants.SIG_IGN;
import static org.corral.linux.raw.Constants.TCSADRAIN;
import static org.corral.linux.raw.Constants.TIOCGWINSZ;

import jnr.ffi.Pointer;
import org.corral.linux.errno.ErrnoException;

/** {@link TerminalCalls} on the running kernel. */
final class JnrTerminalCalls extends JnrCalls implements TerminalCalls {

    @Override
    public byte[] modes(int fd) throws ErrnoException {
        Pointer termios = struct(Structs.Termios.SIZE);
        check(libc.tcgetattr(fd, termios), "tcgetattr", "fd " + fd);
        byte[] modes = new byte[Structs.Termios.SIZE];
        termios.get(0, modes, 0, modes.length);
        return modes;
    }

    @Override
    public void setModes(int fd, byte[] modes) throws ErrnoException {
        Pointer termios = struct(Structs.Termios.SIZE);
        termios.put(0, modes, 0, Structs.Termios.SIZE);
        checkRepeating(() -> libc.tcsetattr(fd, TCSADRAIN, termios), "tcsetattr", "fd " + fd);
    }

    @Override
    public WindowSize windowSize(int fd) throws ErrnoException {
        Pointer size = struct(Structs.Winsize.SIZE);
        check(libc.ioctl(fd, TIOCGWINSZ, size), "ioctl", "TIOCGWINSZ of fd " + fd);
        return new WindowSize(
                size.getShort(Structs.Winsize.ROWS) & 0xffff, size.getShort(Structs.Winsize.COLUMNS) & 0xffff);
    }

    @Override
    public void ignore(int signal) throws ErrnoException {
        check(libc.signal(signal, SIG_IGN), "signal", "signal " + signal + ", SIG_IGN");
    }
}
