package org.corral.containerizer.isolator;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** Notifications that a test fires itself, on its own thread. */
final class CapturedNotifications implements MemoryNotifications {

    private final Map<MemoryNotice, LongConsumer> listeners = new EnumMap<>(MemoryNotice.class);
    private final Set<MemoryNotice> refused = EnumSet.noneOf(MemoryNotice.class);
    private int closings;

    /** Makes a kernel that does not notify of something. */
    CapturedNotifications without(MemoryNotice notice) {
        refused.add(notice);
        return this;
    }

    @Override
    public void listen(MemoryNotice notice, LongConsumer notified) throws ErrnoException {
        if (refused.contains(notice)) {
            throw new ErrnoException("write", Errno.EINVAL, "by the test");
        }
        listeners.put(notice, notified);
    }

    void fire(MemoryNotice notice, long times) {
        Objects.requireNonNull(listeners.get(notice), notice + " is not listened to")
                .accept(times);
    }

    @Override
    public Ending arm(Threshold threshold) {
        throw new AssertionError("no threshold is armed here");
    }

    @Override
    public void close() {
        closings++;
    }

    int closings() {
        return closings;
    }
}
