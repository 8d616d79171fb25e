package org.corral.linux.raw;

import static org.corral.linux.raw.Constants.CLD_EXITED;
import static org.corral.linux.raw.Constants.PIDFD_GET_INFO;
import static org.corral.linux.raw.Constants.PIDFD_INFO_EXIT;
import static org.corral.linux.raw.Constants.PIDFD_THREAD;
import static org.corral.linux.raw.Constants.P_PIDFD;
import static org.corral.linux.raw.Constants.SC_CLK_TCK;
import static org.corral.linux.raw.Constants.SC_PAGESIZE;
import static org.corral.linux.raw.Constants.SYS_PIDFD_OPEN;
import static org.corral.linux.raw.Constants.SYS_PIDFD_SEND_SIGNAL;
import static org.corral.linux.raw.Constants.WEXITED;
import static org.corral.linux.raw.Constants.WNOHANG;

import java.util.Optional;
import jnr.ffi.Pointer;
import org.corral.core.ExitStatus;
import org.corral.core.Rlimit;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** {@link ProcessCalls} on the running kernel. */
final class JnrProcessCalls extends JnrCalls implements ProcessCalls {

    JnrProcessCalls() {}

    JnrProcessCalls(LibC.Api libc) {
        super(libc);
    }

    @Override
    public int pid() {
        return libc.getpid();
    }

    @Override
    public int effectiveUserId() {
        return libc.geteuid();
    }

    @Override
    public boolean isTerminal(int fd) {
        return libc.isatty(fd) == 1;
    }

    @Override
    public long clockTicks() {
        return libc.sysconf(SC_CLK_TCK);
    }

    @Override
    public long pageBytes() {
        return libc.sysconf(SC_PAGESIZE);
    }

    @Override
    public int pidfdOpen(int pid) throws ErrnoException {
        return pidfdOpen(pid, 0, "pid " + pid);
    }

    @Override
    public int pidfdOpenThread(int threadId) throws ErrnoException {
        return pidfdOpen(threadId, PIDFD_THREAD, "thread " + threadId);
    }

    private int pidfdOpen(int number, int flags, String subject) throws ErrnoException {
        if (number <= 1) {
            throw new ErrnoException("pidfd_open", Errno.EINVAL, subject);
        }
        return (int) check(libc.syscall(SYS_PIDFD_OPEN, number, flags, 0, 0, 0, 0), "pidfd_open", subject);
    }

    @Override
    public int threadId() {
        return libc.gettid();
    }

    /** The kernel looks for the exit first and for the process then: of one that is reaped in between it knows neither, once. */
    @Override
    public Optional<ExitStatus> exitStatus(int pidFd) throws ErrnoException {
        try {
            return lookForExit(pidFd);
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH)) {
                return lookForExit(pidFd);
            }
            throw e;
        }
    }

    private Optional<ExitStatus> lookForExit(int pidFd) throws ErrnoException {
        Pointer info = struct(Structs.PidfdInfo.SIZE);
        info.putLong(Structs.PidfdInfo.MASK, PIDFD_INFO_EXIT);
        check(libc.ioctl(pidFd, PIDFD_GET_INFO, info), "ioctl", "PIDFD_GET_INFO of pidfd " + pidFd);
        boolean told = (info.getLong(Structs.PidfdInfo.MASK) & PIDFD_INFO_EXIT) != 0;
        return told ? Optional.of(ExitStatus.ofWaitStatus(info.getInt(Structs.PidfdInfo.EXIT_CODE))) : Optional.empty();
    }

    @Override
    public void pidfdSendSignal(int pidFd, int signal) throws ErrnoException {
        check(
                libc.syscall(SYS_PIDFD_SEND_SIGNAL, pidFd, signal, 0, 0, 0, 0),
                "pidfd_send_signal",
                "pidfd " + pidFd + ", signal " + signal);
    }

    @Override
    public Optional<ExitStatus> wait(int pidFd) throws ErrnoException {
        Pointer info = struct(Structs.Siginfo.SIZE);
        checkRepeating(() -> libc.waitid(P_PIDFD, pidFd, info, WEXITED | WNOHANG), "waitid", "pidfd " + pidFd);
        if (info.getInt(Structs.Siginfo.PID) == 0) {
            return Optional.empty();
        }
        int status = info.getInt(Structs.Siginfo.STATUS);
        return Optional.of(
                info.getInt(Structs.Siginfo.CODE) == CLD_EXITED
                        ? new ExitStatus.Exited(status)
                        : new ExitStatus.Signaled(status));
    }

    @Override
    public int spawn(SpawnPlan plan) throws ErrnoException {
        return new JnrSpawn(libc, plan).run();
    }

    @Override
    public void dropInheritableCapabilities() throws ErrnoException {
        Pointer header = struct(Structs.CapHeader.SIZE);
        header.putInt(Structs.CapHeader.VERSION, Structs.CapHeader.VERSION_3);
        Pointer sets = struct(Structs.CapData.SIZE);
        check(libc.capget(header, sets), "capget", "this thread");
        if ((sets.getInt(Structs.CapData.INHERITABLE_LOW) | sets.getInt(Structs.CapData.INHERITABLE_HIGH)) != 0) {
            sets.putInt(Structs.CapData.INHERITABLE_LOW, 0);
            sets.putInt(Structs.CapData.INHERITABLE_HIGH, 0);
            check(libc.capset(header, sets), "capset", "this thread, no inheritable ones");
        }
    }

    @Override
    public void setLimits(int pid, Rlimit resource, Rlimit.Limits limits) throws ErrnoException {
        Pointer wanted = struct(Structs.Rlimit64.SIZE);
        wanted.putLong(Structs.Rlimit64.SOFT, limits.soft());
        wanted.putLong(Structs.Rlimit64.HARD, limits.hard());
        check(
                libc.prlimit(pid, resource.number(), wanted, null),
                "prlimit",
                "pid " + pid + ", " + resource + "=" + limits.soft() + ":" + limits.hard());
    }

    @Override
    public Rlimit.Limits limits(int pid, Rlimit resource) throws ErrnoException {
        Pointer current = struct(Structs.Rlimit64.SIZE);
        check(libc.prlimit(pid, resource.number(), null, current), "prlimit", "pid " + pid + ", " + resource);
        return new Rlimit.Limits(current.getLong(Structs.Rlimit64.SOFT), current.getLong(Structs.Rlimit64.HARD));
    }
}
