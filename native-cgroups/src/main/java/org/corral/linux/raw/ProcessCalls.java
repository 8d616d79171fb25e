package org.corral.linux.raw;

import java.util.Optional;
import org.corral.core.ExitStatus;
import org.corral.core.Rlimit;
import org.corral.linux.errno.ErrnoException;

/**
 * System calls that make, signal and limit processes. Thread-safe.
 *
 * <p>Signals go through pidfds alone. There is no {@code kill(2)} here: with a pid of -1 or 0 it ends everything.
 */
public interface ProcessCalls {

    /** {@code pid_t getpid(void)} — getpid(2). */
    int pid();

    /** {@code uid_t geteuid(void)} — getuid(2). */
    int effectiveUserId();

    /** {@code int isatty(int fd)} — isatty(3). */
    boolean isTerminal(int fd);

    /** {@code long sysconf(_SC_CLK_TCK)} — sysconf(3): clock ticks per second. */
    long clockTicks();

    /** {@code long sysconf(_SC_PAGESIZE)} — sysconf(3): bytes of a page of memory. */
    long pageBytes();

    /**
     * {@code int pidfd_open(pid_t pid, 0)} — pidfd_open(2), Linux 5.3.
     *
     * @param pid above 1: process 1 and the special numbers are refused before the call
     */
    int pidfdOpen(int pid) throws ErrnoException;

    /** {@code pid_t gettid(void)} — gettid(2). */
    int threadId();

    /**
     * {@code int pidfd_open(pid_t tid, PIDFD_THREAD)} — pidfd_open(2), Linux 6.9.
     *
     * @param threadId above 1
     */
    int pidfdOpenThread(int threadId) throws ErrnoException;

    /**
     * {@code int ioctl(int pidfd, PIDFD_GET_INFO, struct pidfd_info *info)} with PIDFD_INFO_EXIT — uapi/linux/pidfd.h,
     * Linux 6.15: how a process ended, whoever its parent is, once that has reaped it.
     *
     * @param pidFd opened before it was reaped
     * @return empty while it lives or is not reaped
     * @throws ErrnoException ENOTTY before Linux 6.13; ESRCH on 6.13 and 6.14 once it is reaped
     */
    Optional<ExitStatus> exitStatus(int pidFd) throws ErrnoException;

    /** {@code int pidfd_send_signal(int pidfd, int sig, NULL, 0)} — pidfd_send_signal(2), Linux 5.1. */
    void pidfdSendSignal(int pidFd, int signal) throws ErrnoException;

    /**
     * {@code int waitid(P_PIDFD, int pidfd, siginfo_t *info, WEXITED | WNOHANG)} — waitid(2), Linux 5.4. Reaps the child.
     *
     * @return how it ended, empty while it lives
     * @throws ErrnoException ECHILD if it is not a child of this process, or was reaped already
     */
    Optional<ExitStatus> wait(int pidFd) throws ErrnoException;

    /**
     * {@code int posix_spawn(…)} — posix_spawn(3). Blocks until the child has executed its program or failed to; a failed
     * child is reaped by then.
     *
     * @return the child's pid
     * @throws ErrnoException with the error of the first file action, or of execve(2), that failed in the child; before
     *     there is one, EAGAIN at a limit, and for a plan with a cgroup EBADF, EBUSY, EACCES, EOPNOTSUPP, EINVAL or ENOSYS
     * @throws LinkageError for a plan with a cgroup, from a C library that cannot do that
     */
    int spawn(SpawnPlan plan) throws ErrnoException;

    /**
     * {@code int capset(cap_user_header_t header, const cap_user_data_t data)} — capget(2): this thread's inheritable
     * capabilities, and with them its ambient ones, are none from now on. Its others stay, and so do other threads'.
     */
    void dropInheritableCapabilities() throws ErrnoException;

    /** {@code int prlimit(pid_t pid, int resource, const struct rlimit *new, struct rlimit *old)} — prlimit(2). */
    void setLimits(int pid, Rlimit resource, Rlimit.Limits limits) throws ErrnoException;

    /** The same call, to read. */
    Rlimit.Limits limits(int pid, Rlimit resource) throws ErrnoException;
}
