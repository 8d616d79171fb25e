package org.corral.containerizer.launcher;

import static org.corral.linux.raw.Constants.EPOLLIN;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.corral.core.ExitStatus;
import org.corral.core.launcher.ContainerProcess;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.corral.linux.process.PidFd;

/**
 * A first process that an earlier agent made. It is not our child: its exit is seen, and how it ended as far as the kernel
 * tells others than its parent. Thread-safe.
 */
final class AdoptedProcess implements ContainerProcess {

    private final int pid;
    private final PidFd pidFd;
    private final CompletableFuture<Optional<ExitStatus>> exit = new CompletableFuture<>();
    private boolean gone;

    private AdoptedProcess(int pid, PidFd pidFd) {
        this.pid = pid;
        this.pidFd = pidFd;
    }

    /** Takes over a process; the descriptor is the poller's from now on. */
    static AdoptedProcess of(int pid, PidFd pidFd, Poller poller) throws ErrnoException {
        AdoptedProcess process = new AdoptedProcess(pid, pidFd);
        poller.watch(pidFd.fd(), EPOLLIN, process.new End());
        return process;
    }

    private synchronized void markGone() {
        gone = true;
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public CompletionStage<Optional<ExitStatus>> exit() {
        return exit;
    }

    @Override
    public synchronized boolean signal(int number) throws IOException {
        return !gone && pidFd.signal(number);
    }

    /** Its end, on the poller's thread. */
    private final class End implements Poller.Handler {

        @Override
        public void ready(Poller.Watch watch, int events) {
            Optional<ExitStatus> status = pidFd.exitStatus();
            markGone();
            watch.cancel();
            exit.complete(status);
        }

        @Override
        public void abandoned() {
            markGone();
            exit.completeExceptionally(
                    new IOException("the end of " + pidFd + " will not be noticed: the poller was closed"));
        }
    }
}
