package org.corral.containerizer.isolator;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.cgroup.EventControl;
import org.corral.core.event.PressureLevel;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The levels of memory pressure that v1 notifies of, one eventfd each, which are the poller's. Kernel:
 * admin-guide/cgroup-v1/memory.rst section 11. Thread-safe.
 */
final class PressureLevelsV1 implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PressureLevelsV1.class);
    private static final String FILE = "memory.pressure_level";

    private final Poller poller;
    private final PressureListener listener;
    private final Map<PressureLevel, Count> counts = new EnumMap<>(PressureLevel.class);

    PressureLevelsV1(Poller poller, PressureListener listener) {
        this.poller = poller;
        this.listener = listener;
    }

    /** Listens as far as the kernel can tell: pressure is a hint, and the lack of it keeps no container from running. */
    PressureLevelsV1 listen(EventControl control) {
        for (PressureLevel level : PressureLevel.values()) {
            try {
                listen(level, control.connect(FILE, level.name().toLowerCase(Locale.ROOT)));
            } catch (ErrnoException e) {
                LOG.debug("no notifications of {} pressure: {}", level, e.getMessage());
            }
        }
        return this;
    }

    /** The eventfd is the poller's from now on. */
    synchronized void listen(PressureLevel level, EventFd notification) throws ErrnoException {
        AtomicLong count = new AtomicLong();
        Poller.Watch watch = notification.watch(poller, more -> {
            count.addAndGet(more);
            listener.pressed(level, usage());
        });
        counts.put(level, new Count(count, watch));
    }

    synchronized PressureUsage usage() {
        return new PressureUsage(of(PressureLevel.LOW), of(PressureLevel.MEDIUM), of(PressureLevel.CRITICAL));
    }

    private OptionalLong of(PressureLevel level) {
        Count count = counts.get(level);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count.notified.get());
    }

    @Override
    public synchronized void close() {
        counts.values().forEach(count -> count.watch.cancel());
    }

    /** How often a level was notified of. */
    private record Count(AtomicLong notified, Poller.Watch watch) {}
}
