package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.EventControl;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;

/**
 * Up to 64 v1 memory cgroups that share eventfds: one of each kind of notification, and one of the first threshold, of the
 * second, and so on. That one has fired says nothing of whose it was, so a look is taken at the members, at once and then ten
 * times a second at most. Thread-safe.
 *
 * <p>It takes 64 in its life and ends with the last of them: so there are never more groups than members, and a cgroup that
 * has left is never connected with the same eventfd again.
 */
final class EventFdGroup {

    static final int SEATS = 64;

    private static final List<MemoryNotice> LEVELS =
            List.of(MemoryNotice.LOW, MemoryNotice.MEDIUM, MemoryNotice.CRITICAL);

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Linux linux;
    private final Poller poller;
    private final LongSupplier nanoClock;
    private final Map<MemoryNotice, SharedEventFd> eventFds = new EnumMap<>(MemoryNotice.class);
    private final List<SharedEventFd> thresholds = new ArrayList<>();
    private final List<EventFdSeat> members = new ArrayList<>();
    private final AtomicBoolean lookIsDue = new AtomicBoolean();
    private volatile long nextLook = System.nanoTime();
    private int taken;

    EventFdGroup(Linux linux, Poller poller, LongSupplier nanoClock) {
        this.linux = linux;
        this.poller = poller;
        this.nanoClock = nanoClock;
    }

    /** {@return a cgroup's place, empty if there is none left} */
    synchronized Optional<MemoryNotifications> join(CgroupDir memory) throws IOException {
        if (taken == SEATS || (taken > 0 && members.isEmpty())) {
            return Optional.empty();
        }
        EventFdSeat seat = new EventFdSeat(this, poller, new EventControl(linux, memory), memory, nanoClock);
        taken++;
        members.add(seat);
        return Optional.of(seat);
    }

    synchronized SharedEventFd connect(EventControl control, MemoryNotice notice) throws ErrnoException {
        SharedEventFd eventFd = eventFds.get(notice);
        if (eventFd == null) {
            eventFd = new SharedEventFd(linux, poller, this::fired);
            eventFds.put(notice, eventFd);
        }
        eventFd.connect(control, notice.file(), notice.arguments());
        return eventFd;
    }

    /**
     * Connects a cgroup's use.
     *
     * @param index how many thresholds of this cgroup are connected already: each has another eventfd
     */
    synchronized SharedEventFd connect(EventControl control, int index, long bytes) throws ErrnoException {
        if (index == thresholds.size()) {
            thresholds.add(new SharedEventFd(linux, poller, this::fired));
        }
        thresholds.get(index).connect(control, OwnEventFds.USAGE, Long.toString(bytes));
        return thresholds.get(index);
    }

    /** The eventfds go with the last one. */
    synchronized void leave(EventFdSeat seat) {
        members.remove(seat);
        if (members.isEmpty()) {
            eventFds.values().forEach(SharedEventFd::close);
            thresholds.forEach(SharedEventFd::close);
        }
    }

    private void fired() {
        if (lookIsDue.compareAndSet(false, true)) {
            LookoutThread.after(Math.max(0, nextLook - System.nanoTime()), TimeUnit.NANOSECONDS, this::look);
        }
    }

    /** On one thread, so never twice at once. */
    private void look() {
        lookIsDue.set(false);
        nextLook = System.nanoTime() + BETWEEN_LOOKS;
        List<EventFdSeat> present = present();
        List<EventFdSeat> hit =
                present.stream().filter(EventFdSeat::hasHitItsLimit).toList();
        tellOfOom(present, hit);
        tellOfPressure(hit.isEmpty() ? present : hit);
        tellOfUse(present);
    }

    private synchronized List<EventFdSeat> present() {
        return List.copyOf(members);
    }

    /** To look for a kill costs little, so all do. What hides behind a departure is one's own limit: above, all would fire. */
    private void tellOfOom(List<EventFdSeat> present, List<EventFdSeat> hit) {
        SharedEventFd.Firings fired = take(MemoryNotice.OOM);
        if (fired.unexplained() > 0) {
            present.forEach(member -> member.tell(MemoryNotice.OOM));
        } else if (fired.all() > 0) {
            hit.forEach(member -> member.tell(MemoryNotice.OOM));
        }
    }

    /** A level comes with those below it, which so are never told less often than it. */
    private void tellOfPressure(List<EventFdSeat> pressed) {
        int levels = 0;
        for (int level = 0; level < LEVELS.size(); level++) {
            levels = take(LEVELS.get(level)).unexplained() > 0 ? level + 1 : levels;
        }
        for (MemoryNotice level : LEVELS.subList(0, levels)) {
            pressed.forEach(member -> member.tell(level));
        }
    }

    private void tellOfUse(List<EventFdSeat> present) {
        List<SharedEventFd> all = thresholds();
        for (int index = 0; index < all.size(); index++) {
            if (all.get(index).take().all() > 0) {
                for (EventFdSeat member : present) {
                    member.lookAtThreshold(index);
                }
            }
        }
    }

    private synchronized List<SharedEventFd> thresholds() {
        return List.copyOf(thresholds);
    }

    private synchronized SharedEventFd.Firings take(MemoryNotice notice) {
        SharedEventFd eventFd = eventFds.get(notice);
        return eventFd == null ? SharedEventFd.Firings.NONE : eventFd.take();
    }
}
