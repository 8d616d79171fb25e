package org.corral.cgroup;

import static org.corral.linux.raw.Constants.EPOLLERR;
import static org.corral.linux.raw.Constants.EPOLLPRI;

import java.io.IOException;
import org.corral.cgroup.controller.Pressure;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;

/**
 * Notices when a cgroup's processes wait too much: once in each window in which they do. Set by {@link PressureTriggers}.
 * Costs one descriptor; closing it ends it in the kernel.
 *
 * <p>Nothing is counted while nobody waits for it. Where it was set without CAP_SYS_RESOURCE in a cgroup that had waited
 * before, the first event may tell of that. Confined to one thread until it is watched. Kernel: accounting/psi.rst.
 */
public final class PressureTrigger implements AutoCloseable {

    private final Linux linux;
    private final Fd fd;
    private final PressureThreshold threshold;

    PressureTrigger(Linux linux, Fd fd, PressureThreshold threshold) {
        this.linux = linux;
        this.fd = fd;
        this.threshold = threshold;
    }

    /** {@return the threshold that was set} */
    public PressureThreshold threshold() {
        return threshold;
    }

    /**
     * {@return the pressure now, of which this tells}
     *
     * @throws ErrnoException ENODEV if the cgroup is gone
     * @throws IllegalStateException if it is closed; not so while the poller tells of it
     */
    public Pressure pressure() throws IOException {
        String file = fd.toString();
        return Pressure.parse(file, new ControlText(linux.files(), fd, file).readAgain());
    }

    /**
     * Waits for it. The descriptor is the poller's from now on, also when this fails. The watch ends by itself when the
     * cgroup is removed.
     *
     * @param passed what to do each time, on the poller's thread: it must not block nor throw
     * @throws ErrnoException ENOSPC at fs.epoll.max_user_watches
     */
    public Poller.Watch watch(Poller poller, Runnable passed) throws ErrnoException {
        return poller.watch(fd, EPOLLPRI, new Waiting(passed));
    }

    /** Blocks for some milliseconds, for the kernel waits until all CPUs let go of it (synchronize_rcu). */
    @Override
    public void close() {
        fd.close();
    }

    private record Waiting(Runnable passed) implements Poller.Handler {

        @Override
        public void ready(Poller.Watch watch, int events) {
            if ((events & EPOLLERR) != 0) {
                watch.cancel(); // the cgroup went, and stays ready for ever
            } else {
                passed.run();
            }
        }

        /** Measured on 6.18 with 2 CPUs: 16 ms each, in which no other event would be noticed. */
        @Override
        public void close(Fd fd) {
            SlowClosing.close(fd);
        }
    }
}
