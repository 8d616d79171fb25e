package org.corral.linux.process;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.corral.core.ExitStatus;
import org.corral.linux.DaemonThread;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits on the poller's thread for a child's end, and reaps it. Thread-safe. */
final class ChildExit implements Poller.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(ChildExit.class);

    /** How often, and how long after each other, the end of a traced child is looked for. */
    private static final int TRIES = 3000;

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS, ChildExit::startThread);

    private final Linux linux;
    private final PidFd pidFd;
    private final CompletableFuture<Optional<ExitStatus>> future = new CompletableFuture<>();
    private boolean gone;
    private Optional<ProcStat> finalStat = Optional.empty();

    ChildExit(Linux linux, PidFd pidFd) {
        this.linux = linux;
        this.pidFd = pidFd;
    }

    /** Few children are traced, and the JDK's own threads have no names on a host of few CPUs. */
    private static void startThread(Runnable work) {
        new DaemonThread(work, "corral-reaper").start();
    }

    CompletableFuture<Optional<ExitStatus>> future() {
        return future;
    }

    synchronized Optional<ProcStat> finalStat() {
        return finalStat;
    }

    synchronized boolean signal(int number) throws ErrnoException {
        return !gone && pidFd.signal(number);
    }

    /** The poller closes the descriptor afterwards. */
    @Override
    public void ready(Poller.Watch watch, int events) {
        Optional<ExitStatus> status = reap();
        watch.cancel();
        if (status.isPresent() || !isUnreaped()) {
            future.complete(status);
        } else {
            reapLater(TRIES);
        }
    }

    /** Where another process traces the child, that one is told first, and we cannot reap before: ptrace(2). */
    private boolean isUnreaped() {
        return finalStat()
                .filter(stat -> stat.state() == 'Z'
                        && stat.parent() == linux.processes().pid())
                .isPresent();
    }

    private void reapLater(int tries) {
        LATER.execute(() -> {
            Optional<ExitStatus> status = reapAnew();
            if (status.isPresent() || tries == 1 || isReapedByOthers()) {
                future.complete(status);
            } else {
                reapLater(tries - 1);
            }
        });
    }

    /** By a descriptor of its own, for the poller has closed the first. Nobody else can have the number of a zombie. */
    private Optional<ExitStatus> reapAnew() {
        try (PidFd again = PidFd.open(linux, pidFd.pid()).orElse(null)) {
            return again == null ? Optional.empty() : again.reap();
        } catch (ErrnoException e) {
            LOG.debug("{} cannot be reaped yet", pidFd, e);
            return Optional.empty();
        }
    }

    private boolean isReapedByOthers() {
        try (PidFd now = PidFd.open(linux, pidFd.pid()).orElse(null)) {
            return now == null;
        } catch (ErrnoException e) {
            return false;
        }
    }

    @Override
    public void abandoned() {
        synchronized (this) {
            gone = true;
        }
        future.completeExceptionally(
                new IOException("the end of " + pidFd + " will not be noticed: the poller was closed"));
    }

    /** Of a child that failed before its program, glibc may be first to reap it: ECHILD. */
    private synchronized Optional<ExitStatus> reap() {
        gone = true;
        try {
            finalStat = ProcessTable.find(linux, pidFd.pid()); // still there: nobody has reaped it
        } catch (IOException e) {
            LOG.debug("what {} has used is not known", pidFd, e);
        }
        try {
            return pidFd.reap();
        } catch (ErrnoException e) {
            LOG.warn("how {} ended is not known", pidFd, e);
            return Optional.empty();
        }
    }
}
