package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.EventControl;
import org.corral.cgroup.controller.LimitHits;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cgroup's part in an {@link EventFdGroup}. Thread-safe.
 *
 * <p>The kernel keeps it connected until the cgroup is removed. So a threshold that is to be another one later has an eventfd
 * of its own, which can be closed.
 */
final class EventFdSeat implements MemoryNotifications {

    private static final Logger LOG = LoggerFactory.getLogger(EventFdSeat.class);

    /** Reclaim for one hit may notify that long. */
    private static final long RECENT = TimeUnit.SECONDS.toNanos(1);

    private final EventFdGroup group;
    private final EventControl control;
    private final LongSupplier nanoClock;
    private final LimitHits limitHits;
    private final OwnEventFds own;
    private final Map<MemoryNotice, LongConsumer> listeners = new ConcurrentHashMap<>();
    private final List<SharedEventFd> connected = new ArrayList<>();
    private final List<Optional<Threshold>> thresholds = new ArrayList<>();
    private final AtomicBoolean left = new AtomicBoolean();
    private boolean rearmed;
    private Optional<Long> lastHit = Optional.empty();

    EventFdSeat(EventFdGroup group, Poller poller, EventControl control, CgroupDir memory, LongSupplier nanoClock)
            throws IOException {
        this.group = group;
        this.control = control;
        this.nanoClock = nanoClock;
        this.limitHits = new LimitHits(memory);
        this.own = new OwnEventFds(poller, control);
    }

    @Override
    public synchronized void listen(MemoryNotice notice, LongConsumer notified) throws ErrnoException {
        listeners.put(notice, notified);
        try {
            connected.add(group.connect(control, notice));
        } catch (ErrnoException e) {
            listeners.remove(notice);
            throw e;
        }
    }

    @Override
    public synchronized Ending arm(Threshold threshold) throws ErrnoException {
        if (rearmed) {
            return own.arm(threshold);
        }
        int index = thresholds.size();
        connected.add(group.connect(control, index, threshold.bytes()));
        thresholds.add(Optional.of(threshold));
        return () -> disarm(index);
    }

    private synchronized void disarm(int index) {
        thresholds.set(index, Optional.empty());
        rearmed = true;
    }

    /** {@return whether it ran into its own limit just now} One that is gone leaves. Called on one thread. */
    boolean hasHitItsLimit() {
        long now = nanoClock.getAsLong();
        try {
            if (limitHits.since()) {
                lastHit = Optional.of(now);
            }
        } catch (ErrnoException e) {
            leaveIfGone(e);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("whether a cgroup ran into its limit cannot be told", e);
        }
        return lastHit.isPresent() && now - lastHit.get() < RECENT;
    }

    private void leaveIfGone(ErrnoException e) {
        LOG.debug("whether a cgroup ran into its limit cannot be told", e);
        if (e.kind() == FailureKind.GONE) {
            close();
        }
    }

    /** The kernel notified somebody of the group, and this one perhaps. */
    void tell(MemoryNotice notice) {
        LongConsumer listener = listeners.get(notice);
        if (listener != null && !left.get()) {
            listener.accept(1);
        }
    }

    /** Somebody's use crossed a threshold, and this one's perhaps. */
    void lookAtThreshold(int index) {
        if (!left.get()) {
            threshold(index).ifPresent(Threshold::look);
        }
    }

    private synchronized Optional<Threshold> threshold(int index) {
        return index < thresholds.size() ? thresholds.get(index) : Optional.empty();
    }

    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            expectDeparture();
            own.close();
            group.leave(this);
        }
    }

    private synchronized void expectDeparture() {
        connected.forEach(SharedEventFd::expectDeparture);
    }
}
