package org.corral.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.Constants;
import org.corral.linux.raw.EventCalls;

/**
 * The event calls of a fake kernel: epoll on pidfds and on {@code cgroup.events}. It does not sleep: what is to happen
 * during a wait is told beforehand, and a wait for which nothing was told is over at once.
 */
public final class FakeEvents implements EventCalls {

    private final FakeLinux kernel;
    private final Deque<Runnable> duringWaits = new ArrayDeque<>();

    FakeEvents(FakeLinux kernel) {
        this.kernel = kernel;
    }

    /** Does something during the next wait that finds nothing ready. */
    public void duringNextWait(Runnable happening) {
        duringWaits.add(happening);
    }

    @Override
    public int eventFd() throws ErrnoException {
        kernel.calls().enter("eventfd", "0");
        return kernel.descriptors().add(new Object());
    }

    @Override
    public int epollCreate() throws ErrnoException {
        kernel.calls().enter("epoll_create1", "EPOLL_CLOEXEC");
        return kernel.descriptors().add(new Epoll());
    }

    @Override
    public void epollAdd(int epollFd, int fd, int events, long data) throws ErrnoException {
        kernel.calls().enter("epoll_ctl", "add fd " + fd);
        FakeCgroup.require(kernel.descriptors().isOpen(fd), "epoll_ctl", Errno.EBADF, "fd " + fd);
        epoll(epollFd).watched.put(fd, new ReadyEvent(events, data));
    }

    @Override
    public void epollRemove(int epollFd, int fd) throws ErrnoException {
        kernel.calls().enter("epoll_ctl", "remove fd " + fd);
        FakeCgroup.require(epoll(epollFd).watched.remove(fd) != null, "epoll_ctl", Errno.ENOENT, "fd " + fd);
    }

    @Override
    public List<ReadyEvent> epollWait(int epollFd, int timeoutMillis) throws ErrnoException {
        kernel.calls().enter("epoll_wait", "fd " + epollFd);
        List<ReadyEvent> ready = ready(epoll(epollFd));
        if (ready.isEmpty() && timeoutMillis != 0 && !duringWaits.isEmpty()) {
            duringWaits.remove().run();
            return ready(epoll(epollFd));
        }
        return ready;
    }

    @Override
    public int inotifyCreate() throws ErrnoException {
        throw new ErrnoException("inotify_init1", Errno.ENOSYS, "the fake kernel has no inotify");
    }

    @Override
    public int inotifyAdd(int inotifyFd, String path, int mask) throws ErrnoException {
        throw new ErrnoException("inotify_add_watch", Errno.EBADF, path);
    }

    @Override
    public void inotifyRemove(int inotifyFd, int watch) throws ErrnoException {
        throw new ErrnoException("inotify_rm_watch", Errno.EBADF, "watch " + watch);
    }

    @Override
    public List<WatchEvent> inotifyRead(int inotifyFd) throws ErrnoException {
        throw new ErrnoException("read", Errno.EBADF, "fd " + inotifyFd);
    }

    private Epoll epoll(int fd) throws ErrnoException {
        return kernel.descriptors().get(fd, Epoll.class);
    }

    private List<ReadyEvent> ready(Epoll epoll) throws ErrnoException {
        List<ReadyEvent> ready = new ArrayList<>();
        for (Map.Entry<Integer, ReadyEvent> watch : epoll.watched.entrySet()) {
            int events = readyEvents(watch.getKey()) & watch.getValue().events();
            if (events != 0) {
                ready.add(new ReadyEvent(events, watch.getValue().data()));
            }
        }
        return ready;
    }

    private int readyEvents(int fd) throws ErrnoException {
        Object what = kernel.descriptors().get(fd, Object.class);
        if (what instanceof FakeProcess process) {
            return process.isRunning() ? 0 : Constants.EPOLLIN;
        }
        return what instanceof FakeOpenFile file && file.hasChanged() ? Constants.EPOLLPRI : 0;
    }

    private static final class Epoll {
        private final Map<Integer, ReadyEvent> watched = new LinkedHashMap<>();
    }
}
