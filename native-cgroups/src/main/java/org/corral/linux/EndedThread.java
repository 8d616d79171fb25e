package org.corral.linux;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/**
 * A thread of this process that ends while a descriptor stands for it. Nobody reaps a thread, so what a kernel tells of
 * reaped processes can be seen of it without making one.
 */
final class EndedThread {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Linux linux;
    private final CompletableFuture<Integer> id = new CompletableFuture<>();
    private final CountDownLatch held = new CountDownLatch(1);

    EndedThread(Linux linux) {
        this.linux = linux;
    }

    /** Returns if the kernel tells how it ended. */
    void tellExit() throws ErrnoException {
        Thread thread = new Thread(this::live, "corral-probe");
        thread.setDaemon(true);
        thread.start();
        try (Fd pidFd = open()) {
            held.countDown();
            awaitExit(pidFd);
        } finally {
            held.countDown();
        }
    }

    private void live() {
        try {
            id.complete(linux.processes().threadId());
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            id.complete(0); // no thread's, where there is no number to be had
        }
    }

    private Fd open() throws ErrnoException {
        int number = linux.processes().pidfdOpenThread(id.join());
        return new Fd(linux.files(), number, "pidfd of a thread");
    }

    /** For the JVM it has ended a little before it has for the kernel. */
    private void awaitExit(Fd pidFd) throws ErrnoException {
        Deadline deadline = Deadline.after(PATIENCE);
        while (linux.processes().exitStatus(pidFd.number()).isEmpty()) {
            if (deadline.hasPassed()) {
                throw new ErrnoException("ioctl", Errno.ENODATA, "PIDFD_GET_INFO of an ended thread");
            }
            deadline.pause();
        }
    }
}
