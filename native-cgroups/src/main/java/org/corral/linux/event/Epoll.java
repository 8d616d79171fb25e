package org.corral.linux.event;

import java.util.List;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EventCalls.ReadyEvent;

/** A set of descriptors to wait for: epoll(7). Thread-safe but for closing. */
public final class Epoll implements AutoCloseable {

    private final Linux linux;
    private final Fd fd;

    private Epoll(Linux linux, Fd fd) {
        this.linux = linux;
        this.fd = fd;
    }

    /**
     * {@return an empty set}
     *
     * @throws ErrnoException EMFILE or ENFILE if there are too many descriptors
     */
    public static Epoll create(Linux linux) throws ErrnoException {
        return new Epoll(linux, new Fd(linux.files(), linux.events().epollCreate(), "epoll"));
    }

    /**
     * Adds a descriptor.
     *
     * @param events a set of {@code EPOLL*}; EPOLLERR and EPOLLHUP are always waited for
     * @param data what {@link #await} tells when it is ready
     * @throws ErrnoException EPERM if that kind of file cannot be waited for, ENOSPC at fs.epoll.max_user_watches
     */
    public void add(Fd target, int events, long data) throws ErrnoException {
        try {
            linux.events().epollAdd(fd.number(), target.number(), events, data);
        } catch (ErrnoException e) {
            throw e.about("add " + target);
        }
    }

    /**
     * Removes a descriptor that is still open; one that is not there is no error.
     *
     * <p>Do it before the close: a closed descriptor stays in the set while a copy of it is open, in a child for one.
     */
    public void remove(Fd target) throws ErrnoException {
        try {
            linux.events().epollRemove(fd.number(), target.number());
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e.about("remove " + target);
            }
        }
    }

    /**
     * Waits.
     *
     * @param timeoutMillis -1 to wait without end
     * @return what is ready; nothing after the time, and sometimes before (EINTR)
     */
    public List<ReadyEvent> await(int timeoutMillis) throws ErrnoException {
        return linux.events().epollWait(fd.number(), timeoutMillis);
    }

    @Override
    public void close() {
        fd.close();
    }
}
