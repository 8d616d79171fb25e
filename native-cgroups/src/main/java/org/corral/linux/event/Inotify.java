package org.corral.linux.event;

import java.nio.file.Path;
import java.util.List;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EventCalls.WatchEvent;

/**
 * Watches files for changes: inotify(7). On cgroup v2 {@code memory.events} and {@code cgroup.events} report IN_MODIFY;
 * on v1 nothing does. Does not block. Thread-safe but for closing.
 */
public final class Inotify implements AutoCloseable {

    private final Linux linux;
    private final Fd fd;

    private Inotify(Linux linux, Fd fd) {
        this.linux = linux;
        this.fd = fd;
    }

    /**
     * {@return a new queue}
     *
     * @throws ErrnoException EMFILE at fs.inotify.max_user_instances, 128 by default: share one queue
     */
    public static Inotify create(Linux linux) throws ErrnoException {
        return new Inotify(linux, new Fd(linux.files(), linux.events().inotifyCreate(), "inotify"));
    }

    /**
     * Watches a file.
     *
     * @param mask a set of {@code IN_*}
     * @return the watch's number, which the events carry
     * @throws ErrnoException ENOSPC at fs.inotify.max_user_watches, ENOENT if there is no such file
     */
    public int add(Path file, int mask) throws ErrnoException {
        return linux.events().inotifyAdd(fd.number(), file.toString(), mask);
    }

    /** Ends a watch; one that the kernel ended already is no error. */
    public void remove(int watch) throws ErrnoException {
        try {
            linux.events().inotifyRemove(fd.number(), watch);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
        }
    }

    /** {@return what happened since the last call; a watch of -1 with IN_Q_OVERFLOW: events were lost, read all again} */
    public List<WatchEvent> drain() throws ErrnoException {
        return linux.events().inotifyRead(fd.number());
    }

    /** {@return the descriptor, still owned by this object} */
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
