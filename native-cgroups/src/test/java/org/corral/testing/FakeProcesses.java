package org.corral.testing;

import java.util.Optional;
import org.corral.core.ExitStatus;
import org.corral.core.Rlimit;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.SpawnPlan;

/** The process calls of a fake kernel: pidfds and their signals. */
final class FakeProcesses implements ProcessCalls {

    private final FakeLinux kernel;

    FakeProcesses(FakeLinux kernel) {
        this.kernel = kernel;
    }

    @Override
    public int pid() {
        return FakeLinux.OWN_PID;
    }

    @Override
    public int effectiveUserId() {
        return 0;
    }

    @Override
    public boolean isTerminal(int fd) {
        return false;
    }

    @Override
    public long clockTicks() {
        return 100;
    }

    @Override
    public long pageBytes() {
        return 4096;
    }

    @Override
    public int pidfdOpen(int pid) throws ErrnoException {
        kernel.calls().enter("pidfd_open", "pid " + pid);
        FakeCgroup.require(pid > 1, "pidfd_open", Errno.EINVAL, "pid " + pid);
        Optional<FakeProcess> process = kernel.process(pid);
        FakeCgroup.require(process.isPresent(), "pidfd_open", Errno.ESRCH, "pid " + pid);
        return kernel.descriptors().add(process.get());
    }

    @Override
    public void pidfdSendSignal(int pidFd, int signal) throws ErrnoException {
        FakeProcess process = kernel.descriptors().get(pidFd, FakeProcess.class);
        kernel.calls().enter("pidfd_send_signal", "pid " + process.pid() + ", signal " + signal);
        FakeCgroup.require(!process.isReaped(), "pidfd_send_signal", Errno.ESRCH, "pidfd " + pidFd);
        process.signal(signal);
    }

    @Override
    public Optional<ExitStatus> wait(int pidFd) throws ErrnoException {
        FakeProcess process = kernel.descriptors().get(pidFd, FakeProcess.class);
        kernel.calls().enter("waitid", "pid " + process.pid());
        FakeCgroup.require(process.isChild() && !process.isReaped(), "waitid", Errno.ECHILD, "pidfd " + pidFd);
        if (!process.isRunning()) {
            process.reap();
        }
        return process.status();
    }

    @Override
    public int threadId() {
        return FakeLinux.OWN_PID;
    }

    @Override
    public int pidfdOpenThread(int threadId) throws ErrnoException {
        return pidfdOpen(threadId);
    }

    @Override
    public Optional<ExitStatus> exitStatus(int pidFd) throws ErrnoException {
        FakeProcess process = kernel.descriptors().get(pidFd, FakeProcess.class);
        kernel.calls().enter("ioctl", "PIDFD_GET_INFO of pid " + process.pid());
        return process.isReaped() ? process.status() : Optional.empty();
    }

    @Override
    public int spawn(SpawnPlan plan) {
        throw new UnsupportedOperationException("the fake kernel runs no programs");
    }

    @Override
    public void dropInheritableCapabilities() throws ErrnoException {
        kernel.calls().enter("capset", "this thread");
    }

    @Override
    public void setLimits(int pid, Rlimit resource, Rlimit.Limits limits) throws ErrnoException {
        kernel.calls().enter("prlimit", "pid " + pid + ", " + resource);
    }

    @Override
    public Rlimit.Limits limits(int pid, Rlimit resource) {
        throw new UnsupportedOperationException("the fake kernel keeps no resource limits");
    }
}
