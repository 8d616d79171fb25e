package org.corral.containerizer.isolator;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.corral.cgroup.EventControl;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;

/** An eventfd for each notification, which is the poller's. Thread-safe. */
final class OwnEventFds implements MemoryNotifications {

    /** What the use of memory is read from, and crosses thresholds by. */
    static final String USAGE = "memory.usage_in_bytes";

    private final Poller poller;
    private final EventControl control;
    private final Queue<Poller.Watch> watches = new ConcurrentLinkedQueue<>();

    OwnEventFds(Poller poller, EventControl control) {
        this.poller = poller;
        this.control = control;
    }

    @Override
    public void listen(MemoryNotice notice, LongConsumer notified) throws ErrnoException {
        watch(notice.file(), notice.arguments(), notified);
    }

    @Override
    public Ending arm(Threshold threshold) throws ErrnoException {
        Poller.Watch watch = watch(USAGE, Long.toString(threshold.bytes()), threshold::crossed);
        return () -> {
            watch.cancel();
            watches.remove(watch);
        };
    }

    private Poller.Watch watch(String file, String arguments, LongConsumer notified) throws ErrnoException {
        Poller.Watch watch = control.connect(file, arguments).watch(poller, notified);
        watches.add(watch);
        return watch;
    }

    @Override
    public void close() {
        watches.forEach(Poller.Watch::cancel);
    }
}
