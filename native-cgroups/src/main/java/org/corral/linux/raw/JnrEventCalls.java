package org.corral.linux.raw;

import static org.corral.linux.raw.Constants.EPOLL_CTL_ADD;
import static org.corral.linux.raw.Constants.EPOLL_CTL_DEL;
import static org.corral.linux.raw.Constants.O_CLOEXEC;
import static org.corral.linux.raw.Constants.O_NONBLOCK;

import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** {@link EventCalls} on the running kernel. */
final class JnrEventCalls extends JnrCalls implements EventCalls {

    private static final int MAX_EVENTS = 64;
    private static final int INOTIFY_BUFFER = 4096;

    JnrEventCalls() {}

    JnrEventCalls(LibC.Api libc) {
        super(libc);
    }

    @Override
    public int eventFd() throws ErrnoException {
        return check(libc.eventfd(0, O_CLOEXEC | O_NONBLOCK), "eventfd", "0");
    }

    @Override
    public int epollCreate() throws ErrnoException {
        return check(libc.epoll_create1(O_CLOEXEC), "epoll_create1", "EPOLL_CLOEXEC");
    }

    @Override
    public void epollAdd(int epollFd, int fd, int events, long data) throws ErrnoException {
        Pointer event = struct(Structs.EpollEvent.SIZE);
        event.putInt(Structs.EpollEvent.EVENTS, events);
        event.putLong(Structs.EpollEvent.DATA, data);
        check(libc.epoll_ctl(epollFd, EPOLL_CTL_ADD, fd, event), "epoll_ctl", "add fd " + fd);
    }

    @Override
    public void epollRemove(int epollFd, int fd) throws ErrnoException {
        check(
                libc.epoll_ctl(epollFd, EPOLL_CTL_DEL, fd, struct(Structs.EpollEvent.SIZE)),
                "epoll_ctl",
                "remove fd " + fd);
    }

    @Override
    public List<ReadyEvent> epollWait(int epollFd, int timeoutMillis) throws ErrnoException {
        Pointer events = struct(MAX_EVENTS * Structs.EpollEvent.SIZE);
        int count;
        try {
            count = check(libc.epoll_wait(epollFd, events, MAX_EVENTS, timeoutMillis), "epoll_wait", "fd " + epollFd);
        } catch (ErrnoException e) {
            if (e.is(Errno.EINTR)) {
                return List.of();
            }
            throw e;
        }
        List<ReadyEvent> ready = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long at = (long) i * Structs.EpollEvent.SIZE;
            ready.add(new ReadyEvent(
                    events.getInt(at + Structs.EpollEvent.EVENTS), events.getLong(at + Structs.EpollEvent.DATA)));
        }
        return ready;
    }

    @Override
    public int inotifyCreate() throws ErrnoException {
        return check(libc.inotify_init1(O_CLOEXEC | O_NONBLOCK), "inotify_init1", "fs.inotify.max_user_instances");
    }

    @Override
    public int inotifyAdd(int inotifyFd, String path, int mask) throws ErrnoException {
        return check(libc.inotify_add_watch(inotifyFd, path, mask), "inotify_add_watch", path);
    }

    @Override
    public void inotifyRemove(int inotifyFd, int watch) throws ErrnoException {
        check(libc.inotify_rm_watch(inotifyFd, watch), "inotify_rm_watch", "watch " + watch);
    }

    @Override
    public List<WatchEvent> inotifyRead(int inotifyFd) throws ErrnoException {
        Pointer buffer = struct(INOTIFY_BUFFER);
        long count;
        try {
            count = checkRepeating(
                    () -> libc.read(inotifyFd, buffer, INOTIFY_BUFFER), "read", "inotify fd " + inotifyFd);
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return List.of();
            }
            throw e;
        }
        List<WatchEvent> queued = new ArrayList<>();
        for (long at = 0;
                at < count;
                at += Structs.InotifyEvent.SIZE + buffer.getInt(at + Structs.InotifyEvent.LENGTH)) {
            queued.add(new WatchEvent(
                    buffer.getInt(at + Structs.InotifyEvent.WATCH), buffer.getInt(at + Structs.InotifyEvent.MASK)));
        }
        return queued;
    }
}
