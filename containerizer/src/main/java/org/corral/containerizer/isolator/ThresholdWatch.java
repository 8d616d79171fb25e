package org.corral.containerizer.isolator;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.corral.cgroup.EventControl;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thresholds of one v1 memory cgroup, an eventfd each, which are the poller's. Kernel: admin-guide/cgroup-v1/memory.rst
 * section 9. Thread-safe.
 */
final class ThresholdWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ThresholdWatch.class);
    private static final String FILE = "memory.usage_in_bytes";

    private final Poller poller;
    private final EventControl control;
    private final LongFunction<Threshold> maker;
    private final SortedMap<Long, Poller.Watch> armed = new TreeMap<>();

    /**
     * Watches nothing yet.
     *
     * @param maker tells of what it makes
     */
    ThresholdWatch(Poller poller, EventControl control, LongFunction<Threshold> maker) {
        this.poller = poller;
        this.control = control;
        this.maker = maker;
    }

    /** Watches these, and no others any more. One that cannot be keeps no container from running: it is warned of. */
    synchronized void arm(SortedSet<Long> wanted) {
        armed.forEach((bytes, watch) -> {
            if (!wanted.contains(bytes)) {
                watch.cancel();
            }
        });
        armed.keySet().retainAll(wanted);
        for (Long bytes : wanted) {
            if (!armed.containsKey(bytes)) {
                add(bytes);
            }
        }
    }

    /** Whoever is above it already is told of: no notification comes for that. */
    private void add(long bytes) {
        try {
            Threshold threshold = maker.apply(bytes);
            EventFd notification = control.connect(FILE, Long.toString(bytes));
            armed.put(bytes, notification.watch(poller, threshold::crossed));
            threshold.begin();
        } catch (ErrnoException e) {
            LOG.warn("that the use of memory crosses {} bytes will not be told: {}", bytes, e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        arm(new TreeSet<>());
    }
}
