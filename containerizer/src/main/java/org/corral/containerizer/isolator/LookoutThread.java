package org.corral.containerizer.isolator;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.corral.linux.DaemonThread;

/** The thread that looks again, a little later, at what the kernel notified of. It ends when there is nothing to look for. */
final class LookoutThread {

    private static final ScheduledExecutorService LATER = later();

    private LookoutThread() {}

    private static ScheduledExecutorService later() {
        ScheduledThreadPoolExecutor later =
                new ScheduledThreadPoolExecutor(1, DaemonThread.factory("corral-oom-lookout"));
        later.setKeepAliveTime(10, TimeUnit.SECONDS);
        later.allowCoreThreadTimeOut(true);
        return later;
    }

    /** Does something after a pause. */
    static void after(long pause, TimeUnit unit, Runnable look) {
        Future<?> unused = LATER.schedule(look, pause, unit);
    }
}
