package org.corral.testing;

import static org.corral.linux.raw.Constants.EPOLLIN;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.raw.EventCalls;
import org.corral.linux.raw.EventCalls.ReadyEvent;

/**
 * Lets a real epoll set take the descriptors of a {@link FakeLinux}, which a test makes ready. For each an eventfd stands
 * in the set. Thread-safe.
 */
public final class FakeReadiness {

    private static final int EPOLLET = 1 << 31;

    private final EventCalls real = Linux.ofThisHost().events();
    private final Map<Integer, StandIn> standIns = new ConcurrentHashMap<>();

    /** Takes over the epoll calls of a kernel. */
    public FakeReadiness(FaultyLinux kernel) {
        kernel.answer(
                        "epollAdd",
                        arguments ->
                                add((int) arguments[0], (int) arguments[1], (int) arguments[2], (long) arguments[3]))
                .answer("epollRemove", arguments -> remove((int) arguments[0], (int) arguments[1]))
                .answer("epollWait", arguments -> await((int) arguments[0], (int) arguments[1]));
    }

    /** {@return the fake descriptors in the set, in the order in which they were opened} */
    public List<Integer> watched() {
        return standIns.keySet().stream().sorted().toList();
    }

    /** Makes a fake descriptor ready, for these {@code EPOLL*} events, once. */
    public void ready(int fd, int events) throws ErrnoException {
        StandIn standIn = standIns.get(fd);
        standIn.events = events;
        standIn.event.signal();
    }

    private Object add(int epollFd, int fd, int events, long data) throws ErrnoException {
        if (fd < FakeDescriptors.FIRST) {
            real.epollAdd(epollFd, fd, events, data);
            return fd;
        }
        StandIn standIn = new StandIn(EventFd.create(Linux.ofThisHost()), data);
        real.epollAdd(epollFd, standIn.event.fd().number(), EPOLLIN | EPOLLET, data);
        standIns.put(fd, standIn);
        return fd;
    }

    private Object remove(int epollFd, int fd) throws ErrnoException {
        StandIn standIn = standIns.remove(fd);
        if (standIn == null) {
            real.epollRemove(epollFd, fd);
        } else {
            standIn.event.close(); // which takes it out of the set
        }
        return fd;
    }

    private List<ReadyEvent> await(int epollFd, int timeoutMillis) throws ErrnoException {
        List<ReadyEvent> ready = new ArrayList<>();
        for (ReadyEvent event : real.epollWait(epollFd, timeoutMillis)) {
            ready.add(standIns.values().stream()
                    .filter(standIn -> standIn.data == event.data())
                    .map(standIn -> new ReadyEvent(standIn.events, standIn.data))
                    .findFirst()
                    .orElse(event));
        }
        return ready;
    }

    private static final class StandIn {
        private final EventFd event;
        private final long data;
        private volatile int events;

        StandIn(EventFd event, long data) {
            this.event = event;
            this.data = data;
        }
    }
}
