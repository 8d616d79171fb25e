package org.corral.containerizer.isolator;

import org.corral.cgroup.EventControl;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;

/**
 * One eventfd that files of several cgroups are connected with, and how often it fired. Thread-safe.
 *
 * <p>It fires once more for each cgroup that is removed. Those that are to go are known, so that so many are told apart from
 * what the others are to hear of.
 */
final class SharedEventFd {

    private final EventFd eventFd;
    private final Poller.Watch watch;
    private final Runnable ready;
    private long fired;
    private long departures;

    /**
     * Makes it, connected with nothing.
     *
     * @param ready called on the poller's thread each time it has fired
     */
    SharedEventFd(Linux linux, Poller poller, Runnable ready) throws ErrnoException {
        this.ready = ready;
        this.eventFd = EventFd.create(linux);
        this.watch = eventFd.watch(poller, this::add);
    }

    private void add(long times) {
        synchronized (this) {
            fired += times;
        }
        ready.run();
    }

    void connect(EventControl control, String file, String arguments) throws ErrnoException {
        control.connect(eventFd, file, arguments);
    }

    /** A cgroup that it is connected with is to go. */
    synchronized void expectDeparture() {
        departures++;
    }

    /** {@return how often it fired since the last call} */
    synchronized Firings take() {
        long gone = Math.min(departures, fired);
        Firings taken = new Firings(fired, fired - gone);
        departures -= gone;
        fired = 0;
        return taken;
    }

    void close() {
        watch.cancel();
    }

    /**
     * How often it fired.
     *
     * @param all times
     * @param unexplained those of them that are more than the cgroups that went
     */
    record Firings(long all, long unexplained) {

        static final Firings NONE = new Firings(0, 0);
    }
}
