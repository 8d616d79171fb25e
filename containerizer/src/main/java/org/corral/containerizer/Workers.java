package org.corral.containerizer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.linux.DaemonThread;

/** The threads that end containers: few, however many containers end at once. */
final class Workers {

    /** More would wait for the kernel's cgroup lock alone; a process that does not die keeps one of them for a minute. */
    private static final int MOST = 16;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Workers() {}

    static ExecutorService start() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(MOST, MOST, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Workers::thread);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread thread(Runnable work) {
        return new DaemonThread(work, "corral-worker-" + NUMBER.incrementAndGet()).thread();
    }
}
