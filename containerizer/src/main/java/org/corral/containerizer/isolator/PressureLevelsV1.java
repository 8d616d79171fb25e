package org.corral.containerizer.isolator;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.core.event.PressureLevel;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.errno.ErrnoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The levels of memory pressure that v1 notifies of. Kernel: admin-guide/cgroup-v1/memory.rst section 11. Thread-safe. */
final class PressureLevelsV1 {

    private static final Logger LOG = LoggerFactory.getLogger(PressureLevelsV1.class);

    private final PressureListener listener;
    private final Map<PressureLevel, AtomicLong> counts = new EnumMap<>(PressureLevel.class);

    PressureLevelsV1(PressureListener listener) {
        this.listener = listener;
    }

    /** Listens as far as the kernel can tell: pressure is a hint, and the lack of it keeps no container from running. */
    PressureLevelsV1 listen(MemoryNotifications notifications) {
        for (PressureLevel level : PressureLevel.values()) {
            try {
                listen(level, notifications);
            } catch (ErrnoException e) {
                LOG.debug("no notifications of {} pressure: {}", level, e.getMessage());
            }
        }
        return this;
    }

    private void listen(PressureLevel level, MemoryNotifications notifications) throws ErrnoException {
        AtomicLong count = new AtomicLong();
        notifications.listen(MemoryNotice.of(level), more -> {
            count.addAndGet(more);
            listener.pressed(level, usage());
        });
        put(level, count);
    }

    private synchronized void put(PressureLevel level, AtomicLong count) {
        counts.put(level, count);
    }

    synchronized PressureUsage usage() {
        return new PressureUsage(of(PressureLevel.LOW), of(PressureLevel.MEDIUM), of(PressureLevel.CRITICAL));
    }

    private OptionalLong of(PressureLevel level) {
        AtomicLong count = counts.get(level);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count.get());
    }
}
