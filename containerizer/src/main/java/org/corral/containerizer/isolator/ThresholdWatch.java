package org.corral.containerizer.isolator;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.corral.linux.errno.ErrnoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thresholds of one v1 memory cgroup. Kernel: admin-guide/cgroup-v1/memory.rst section 9. Thread-safe. */
final class ThresholdWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ThresholdWatch.class);

    private final MemoryNotifications notifications;
    private final LongFunction<Threshold> maker;
    private final SortedMap<Long, MemoryNotifications.Ending> armed = new TreeMap<>();

    /**
     * Watches nothing yet.
     *
     * @param maker tells of what it makes
     */
    ThresholdWatch(MemoryNotifications notifications, LongFunction<Threshold> maker) {
        this.notifications = notifications;
        this.maker = maker;
    }

    /** Watches these, and no others any more. One that cannot be keeps no container from running: it is warned of. */
    synchronized void arm(SortedSet<Long> wanted) {
        armed.forEach((bytes, ending) -> {
            if (!wanted.contains(bytes)) {
                ending.cancel();
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
            MemoryNotifications.Ending ending = notifications.arm(threshold);
            armed.put(bytes, () -> {
                ending.cancel();
                threshold.end();
            });
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
