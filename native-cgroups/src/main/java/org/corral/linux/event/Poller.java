package org.corral.linux.event;

import static org.corral.linux.raw.Constants.EPOLLIN;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.linux.DaemonThread;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EventCalls.ReadyEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that waits for all events of an agent.
 *
 * <p>It owns every descriptor it watches, and none is closed before it has let go of it: a descriptor closed elsewhere could be reused while
 * an event for the old one is on its way (Mesos lost reads to that: its commit 610064942). Handlers run on its thread and must not block.
 * {@link #watch} and {@link Watch#cancel} may be called from any thread.
 */
public final class Poller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final long WAKE = 0;

    private final Epoll epoll;
    private final EventFd wake;
    private final DaemonThread thread;
    private final AtomicLong lastId = new AtomicLong(WAKE);
    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
    private final Queue<Watch> cancelled = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final PollerLoad load = new PollerLoad(System::nanoTime);

    private Poller(Epoll epoll, EventFd wake) {
        this.epoll = epoll;
        this.wake = wake;
        this.thread = new DaemonThread(this::run, "corral-poller");
    }

    /**
     * {@return a poller whose thread runs}
     *
     * @throws ErrnoException EMFILE or ENFILE if there are too many descriptors
     */
    public static Poller start(Linux linux) throws ErrnoException {
        Epoll epoll = Epoll.create(linux);
        try {
            Poller poller = new Poller(epoll, wakeUp(linux, epoll));
            poller.thread.start();
            return poller;
        } catch (ErrnoException e) {
            epoll.close();
            throw e;
        }
    }

    private static EventFd wakeUp(Linux linux, Epoll epoll) throws ErrnoException {
        EventFd wake = EventFd.create(linux);
        try {
            epoll.add(wake.fd(), EPOLLIN, WAKE);
            return wake;
        } catch (ErrnoException e) {
            wake.close();
            throw e;
        }
    }

    /**
     * Watches a descriptor until the watch is cancelled.
     *
     * @param fd handed over: this poller closes it, also when this call fails
     * @param events a set of {@code EPOLL*}
     * @throws ErrnoException EPERM if that kind of file cannot be waited for, ENOSPC at fs.epoll.max_user_watches
     * @throws IllegalStateException if this poller is closed
     */
    public Watch watch(Fd fd, int events, Handler handler) throws ErrnoException {
        Watch watch = new Watch(lastId.incrementAndGet(), fd, handler);
        try {
            add(watch, events);
            return watch;
        } catch (ErrnoException | IllegalStateException e) {
            watches.remove(watch.id);
            fd.close();
            throw e;
        }
    }

    /** Locked against {@link #closeAll}: once the set is closed, its number may be another file's. */
    private void add(Watch watch, int events) throws ErrnoException {
        synchronized (epoll) {
            if (closed.get()) {
                throw new IllegalStateException("the poller is closed");
            }
            watches.put(watch.id, watch);
            epoll.add(watch.fd, events, watch.id);
        }
    }

    /** {@return how many descriptors are watched} */
    public int size() {
        return watches.size();
    }

    /** {@return how long it is away from its wait} */
    public PollerLoad load() {
        return load;
    }

    /** Ends the thread and closes every descriptor. Called on the poller's own thread it only asks for it. */
    @Override
    public void close() {
        closed.set(true);
        wake();
        if (!thread.isCurrent()) {
            thread.join();
        }
    }

    /** The poller's own thread looks at what is cancelled before it waits again. */
    private void wakeOnce() {
        if (!thread.isCurrent() && woken.compareAndSet(false, true)) {
            wake();
        }
    }

    private void wake() {
        synchronized (wake) {
            if (wake.fd().isOpen()) {
                try {
                    wake.signal();
                } catch (ErrnoException e) {
                    throw new IllegalStateException("the poller cannot be woken", e);
                }
            }
        }
    }

    private void run() {
        try {
            while (!closed.get()) {
                List<ReadyEvent> ready = epoll.await(-1);
                long returned = load.now();
                for (ReadyEvent event : ready) {
                    dispatch(event);
                }
                closeCancelled();
                load.awaySince(returned);
            }
        } catch (ErrnoException | RuntimeException | Error e) {
            LOG.error("the poller ends: no event will be noticed any more", e);
        } finally {
            closeAll();
        }
    }

    /** What is cancelled after the queue was found empty wakes anew. */
    private void closeCancelled() {
        woken.set(false);
        for (Watch watch = cancelled.poll(); watch != null; watch = cancelled.poll()) {
            watch.close();
        }
    }

    private void closeAll() {
        synchronized (epoll) {
            closed.set(true); // nothing is added from now on
        }
        new ArrayList<>(watches.values()).forEach(Watch::abandon);
        synchronized (wake) {
            wake.close();
        }
        epoll.close();
    }

    private void dispatch(ReadyEvent event) throws ErrnoException {
        if (event.data() == WAKE) {
            wake.drainSurely();
            return;
        }
        Watch watch = watches.get(event.data());
        if (watch != null && !watch.ended.get()) {
            watch.ready(event.events());
        }
    }

    /** What to do when a descriptor is ready. Runs on the poller's thread: it must not block nor throw. */
    @FunctionalInterface
    public interface Handler {
        /**
         * A descriptor is ready. As long as it stays ready this is called again.
         *
         * @param watch the watch, to cancel it
         * @param events a set of {@code EPOLL*}
         */
        void ready(Watch watch, int events);

        /** The poller closes before the watch was cancelled, and next its descriptor: nothing will be noticed any more. */
        default void abandoned() {}

        /**
         * Closes the descriptor, which is not waited for any more. To be overridden for one whose closing blocks: then it
         * is closed on another thread.
         */
        default void close(Fd fd) {
            fd.close();
        }
    }

    /** A descriptor that is being watched. Thread-safe. */
    public final class Watch {

        private final long id;
        private final Fd fd;
        private final Handler handler;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Watch(long id, Fd fd, Handler handler) {
            this.id = id;
            this.fd = fd;
            this.handler = handler;
        }

        /** Ends the watch; the poller closes the descriptor soon. After this the handler is not called again. */
        public void cancel() {
            if (ended.compareAndSet(false, true)) {
                cancelled.add(this);
                wakeOnce();
            }
        }

        private void ready(int events) {
            try {
                handler.ready(this, events);
            } catch (RuntimeException e) {
                LOG.error("a handler of {} failed; it is not called again", fd, e);
                cancel();
            }
        }

        private void abandon() {
            if (ended.compareAndSet(false, true)) {
                handler.abandoned();
            }
            close();
        }

        private void close() {
            if (watches.remove(id) == null) {
                return;
            }
            try {
                epoll.remove(fd);
            } catch (ErrnoException e) {
                LOG.warn("{} could not be taken out of the epoll set", fd, e);
            }
            handler.close(fd);
        }
    }
}
