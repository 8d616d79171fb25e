package org.corral.linux.process;

import java.nio.file.Files;
import java.util.Optional;
import org.corral.core.ExitStatus;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/**
 * A process, held by a descriptor: it stays the same process when its pid is given to another. See pidfd_open(2), Linux
 * 5.3.
 *
 * <p>Becomes readable (EPOLLIN) when the process ends, whoever its parent is. Thread-safe like {@link Fd}.
 */
public final class PidFd implements AutoCloseable {

    private static final int NO_SIGNAL = 0;

    private final Linux linux;
    private final int pid;
    private final Fd fd;

    private PidFd(Linux linux, int pid, Fd fd) {
        this.linux = linux;
        this.pid = pid;
        this.fd = fd;
    }

    /**
     * Takes hold of a process.
     *
     * @param pid above 1
     * @return empty if there is no such process
     * @throws IllegalArgumentException for process 1 and the numbers that kill(2) takes for many processes
     * @throws ErrnoException EINVAL if it is a thread's number; EMFILE; ENOSYS before Linux 5.3
     */
    public static Optional<PidFd> open(Linux linux, int pid) throws ErrnoException {
        if (pid <= 1) {
            throw new IllegalArgumentException("pid " + pid + " is not above 1");
        }
        try {
            int number = linux.processes().pidfdOpen(pid);
            return Optional.of(new PidFd(linux, pid, new Fd(linux.files(), number, "pidfd of process " + pid)));
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH) || (e.is(Errno.EINVAL) && isGone(linux, pid))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Linux 6.12, among others, has EINVAL for both the number of a thread and that of a process which has ended but whose
     * session or process group goes on.
     */
    private static boolean isGone(Linux linux, int pid) {
        return !Files.exists(linux.path("/proc/" + pid));
    }

    /** {@return its pid; when it has been reaped, that may be another process's} */
    public int pid() {
        return pid;
    }

    /** {@return the descriptor, for epoll; it stays this object's} */
    public Fd fd() {
        return fd;
    }

    /**
     * Sends a signal.
     *
     * @param signal 1 to 64, or 0 to send none and only check
     * @return whether the process was there to get it; one that has ended counts until its parent reaps it
     * @throws ErrnoException EPERM if this process may not signal it
     */
    public boolean signal(int signal) throws ErrnoException {
        try {
            linux.processes().pidfdSendSignal(fd.number(), signal);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH)) {
                return false;
            }
            throw e.about("process " + pid + ", signal " + signal);
        }
    }

    /** {@return whether it has not been reaped: like kill(2) with signal 0, true even if it has ended (a zombie)} */
    public boolean isAlive() throws ErrnoException {
        try {
            return signal(NO_SIGNAL);
        } catch (ErrnoException e) {
            if (e.is(Errno.EPERM)) {
                return true;
            }
            throw e;
        }
    }

    /**
     * Reaps it, if it is a child of this process that has ended.
     *
     * @return how it ended; empty while it lives, and always if it is not ours to reap (ECHILD). Ask once {@link #fd()} is
     *     readable, and empty means that its status is known to its parent alone
     */
    public Optional<ExitStatus> reap() throws ErrnoException {
        try {
            return linux.processes().wait(fd.number());
        } catch (ErrnoException e) {
            if (e.is(Errno.ECHILD)) {
                return Optional.empty();
            }
            throw e.about("process " + pid);
        }
    }

    /**
     * {@return how it ended, whoever its parent is; empty while it runs, and where the kernel does not tell} The kernel tells
     * of one that its parent has not reaped yet, and from Linux 6.15 on of any.
     */
    public Optional<ExitStatus> exitStatus() {
        return new ForeignExit(linux, this).status();
    }

    /** Lets go of it. The process goes on. */
    @Override
    public void close() {
        fd.close();
    }

    /** {@return the process, for messages} */
    @Override
    public String toString() {
        return "process " + pid;
    }
}
