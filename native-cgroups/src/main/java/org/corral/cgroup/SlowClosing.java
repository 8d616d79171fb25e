package org.corral.cgroup;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.corral.linux.DaemonThread;
import org.corral.linux.Fd;

/**
 * Threads for closing descriptors whose closing blocks. They wait in the kernel and not on a CPU, and those that wait at
 * once share the wait, hence some. They end when there is nothing to close. Thread-safe.
 */
final class SlowClosing {

    private static final int THREADS = 8;
    private static final Executor CLOSERS = closers();

    private SlowClosing() {}

    static void close(Fd fd) {
        CLOSERS.execute(fd::close);
    }

    private static ThreadPoolExecutor closers() {
        ThreadPoolExecutor closers = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThread.factory("corral-closer"));
        closers.allowCoreThreadTimeOut(true);
        return closers;
    }
}
