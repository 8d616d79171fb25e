package org.corral.linux.raw;

import java.util.List;
import org.corral.linux.errno.ErrnoException;

/** System calls to wait for things to happen. Every descriptor they make has CLOEXEC. Thread-safe. */
public interface EventCalls {

    /** {@code int eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} — eventfd(2). */
    int eventFd() throws ErrnoException;

    /** {@code int epoll_create1(EPOLL_CLOEXEC)} — epoll_create(2). */
    int epollCreate() throws ErrnoException;

    /** {@code int epoll_ctl(int epfd, EPOLL_CTL_ADD, int fd, struct epoll_event *event)} — epoll_ctl(2). */
    void epollAdd(int epollFd, int fd, int events, long data) throws ErrnoException;

    /** {@code int epoll_ctl(int epfd, EPOLL_CTL_DEL, int fd, NULL)} — epoll_ctl(2). */
    void epollRemove(int epollFd, int fd) throws ErrnoException;

    /**
     * {@code int epoll_wait(int epfd, struct epoll_event *events, int maxevents, int timeout)} — epoll_wait(2).
     *
     * @param timeoutMillis -1 to wait without end
     * @return at most 64 events; none after the time or after EINTR
     */
    List<ReadyEvent> epollWait(int epollFd, int timeoutMillis) throws ErrnoException;

    /** {@code int inotify_init1(IN_CLOEXEC | IN_NONBLOCK)} — inotify_init(2); EMFILE: max_user_instances reached. */
    int inotifyCreate() throws ErrnoException;

    /** {@code int inotify_add_watch(int fd, const char *path, uint32_t mask)}; ENOSPC: max_user_watches reached. */
    int inotifyAdd(int inotifyFd, String path, int mask) throws ErrnoException;

    /** {@code int inotify_rm_watch(int fd, int wd)} — inotify_rm_watch(2). */
    void inotifyRemove(int inotifyFd, int watch) throws ErrnoException;

    /** Reads what an inotify descriptor has queued — inotify(7); empty if nothing is queued. */
    List<WatchEvent> inotifyRead(int inotifyFd) throws ErrnoException;

    /**
     * A descriptor of an epoll set that is ready. Immutable.
     *
     * @param events a set of {@code EPOLL*}
     * @param data what it was added with
     */
    record ReadyEvent(int events, long data) {}

    /**
     * An event of an inotify watch. Immutable.
     *
     * @param watch the watch, -1 when the queue overflowed
     * @param mask a set of {@code IN_*}
     */
    record WatchEvent(int watch, int mask) {}
}
