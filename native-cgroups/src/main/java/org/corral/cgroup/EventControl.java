package org.corral.cgroup;

import static org.corral.linux.raw.Constants.O_RDONLY;

import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;

/**
 * Notifications of a v1 cgroup: {@code cgroup.event_control} connects an eventfd with a control file. Thread-safe.
 *
 * <p>The eventfd counts on from the connection, so a state that was there before must be read once after it; it also
 * fires when the cgroup is removed. Closing it ends the connection. Kernel: admin-guide/cgroup-v1/cgroups.rst 2.4.
 */
public final class EventControl {

    private static final String EVENT_CONTROL = "cgroup.event_control";

    private final Linux linux;
    private final CgroupDir cgroup;

    /** Makes it for a cgroup of version 1. */
    public EventControl(Linux linux, CgroupDir cgroup) {
        this.linux = linux;
        this.cgroup = cgroup;
    }

    /**
     * Connects a new eventfd with a control file.
     *
     * @param file for example {@code memory.oom_control}
     * @param arguments what the file wants to know, for example a threshold in bytes; empty for nothing
     * @return the eventfd, to be closed by the caller
     * @throws ErrnoException ENOENT if this kernel has no such file, EINVAL if it has no notifications or does not take
     *     the arguments, EMFILE if there are too many descriptors
     */
    public EventFd connect(String file, String arguments) throws ErrnoException {
        EventFd event = EventFd.create(linux);
        try {
            connect(event, file, arguments);
            return event;
        } catch (ErrnoException e) {
            event.close();
            throw e;
        }
    }

    /**
     * Connects an eventfd that may be connected with files of other cgroups too, and then does not tell which of them it was.
     * Each connection ends when its cgroup is removed or the eventfd closed.
     *
     * <p>The usage of one cgroup is to be connected once with the same eventfd: Linux before 5.6 crashes when a cgroup goes of
     * which two thresholds were.
     *
     * @throws ErrnoException as {@link #connect(String, String)}; the eventfd stays open
     */
    public void connect(EventFd event, String file, String arguments) throws ErrnoException {
        try (Fd control = cgroup.open(file, O_RDONLY)) {
            String line = event.fd().number() + " " + control.number() + " " + arguments;
            cgroup.write(EVENT_CONTROL, line.strip());
        }
    }
}
