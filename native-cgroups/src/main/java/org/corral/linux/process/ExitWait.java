package org.corral.linux.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.Constants;
import org.corral.linux.raw.EventCalls.ReadyEvent;

/**
 * Waits for processes to end, be they children or not, in one epoll of their pidfds. For one thread, which it blocks; many
 * waits at once are the poller's.
 */
public final class ExitWait implements AutoCloseable {

    private final Linux linux;
    private final Fd epoll;
    private final Map<Long, PidFd> waitedFor = new HashMap<>();

    /**
     * Begins to watch processes, which stay the caller's and must be open until this is closed.
     *
     * @throws ErrnoException EMFILE
     */
    public ExitWait(Linux linux, Collection<PidFd> processes) throws ErrnoException {
        this.linux = linux;
        this.epoll = new Fd(linux.files(), linux.events().epollCreate(), "epoll of processes");
        try {
            for (PidFd process : processes) {
                add(process);
            }
        } catch (ErrnoException | RuntimeException e) {
            epoll.close();
            throw e;
        }
    }

    /** {@return whether a process has ended; true for a zombie too, unlike {@link PidFd#isAlive()}} */
    public static boolean hasEnded(Linux linux, PidFd process) throws ErrnoException {
        try (ExitWait wait = new ExitWait(linux, List.of(process))) {
            return wait.all(Duration.ZERO);
        }
    }

    /**
     * Waits until all have ended.
     *
     * @param patience how long at most; zero to look without waiting
     * @return whether they have
     */
    public boolean all(Duration patience) throws ErrnoException {
        long end = System.nanoTime() + patience.toNanos();
        while (!waitedFor.isEmpty()) {
            int left = millisUntil(end);
            int before = waitedFor.size();
            takeOut(left);
            if (left == 0 && waitedFor.size() == before) {
                return false;
            }
        }
        return true;
    }

    /** Lets go of the processes. */
    @Override
    public void close() {
        epoll.close();
    }

    private void add(PidFd process) throws ErrnoException {
        linux.events().epollAdd(epoll.number(), process.fd().number(), Constants.EPOLLIN, process.pid());
        waitedFor.put((long) process.pid(), process);
    }

    private void takeOut(int timeoutMillis) throws ErrnoException {
        for (ReadyEvent ended : linux.events().epollWait(epoll.number(), timeoutMillis)) {
            PidFd process = waitedFor.remove(ended.data());
            if (process != null) {
                linux.events().epollRemove(epoll.number(), process.fd().number());
            }
        }
    }

    /** Rounds up, so that the last part of a millisecond is slept and not spun away. */
    private static int millisUntil(long end) {
        long nanos = Math.max(0, end - System.nanoTime());
        return (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
    }
}
