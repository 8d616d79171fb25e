package org.corral.linux;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A moment until which to try again, with pauses that grow from 50 µs to 10 ms. Confined to one thread.
 *
 * <p>For the few things that the kernel tells of by no event.
 */
public final class Deadline {

    private static final long SHORTEST_NANOS = 50_000;
    private static final long LONGEST_NANOS = 10_000_000;

    private final long end;
    private long pauseNanos = SHORTEST_NANOS;

    private Deadline(long end) {
        this.end = end;
    }

    /** {@return the moment after that time from now} */
    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** {@return whether it is over} */
    public boolean hasPassed() {
        return remainingNanos() <= 0;
    }

    /** {@return the time left, 0 when it is over} */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /** {@return the time left as a timeout of epoll_wait(2): in milliseconds, rounded up} */
    public int remainingMillis() {
        return (int) Math.min(Integer.MAX_VALUE, remaining().plusNanos(999_999).toMillis());
    }

    /** {@return the time left, or that time if it is shorter} */
    public Duration remainingAtMost(Duration time) {
        return remaining().compareTo(time) < 0 ? remaining() : time;
    }

    /** Waits a little, longer each time, never past the moment. An interrupt does not shorten it, and is left set. */
    public void pause() {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(nextPauseNanos());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits as {@link #pause}, unless the thread is interrupted.
     *
     * @throws InterruptedIOException if it is; that is left set
     */
    public void pauseInterruptibly() throws InterruptedIOException {
        LockSupport.parkNanos(nextPauseNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting");
        }
    }

    private long nextPauseNanos() {
        long pause = Math.max(1, Math.min(pauseNanos, remainingNanos()));
        pauseNanos = Math.min(LONGEST_NANOS, pauseNanos * 2);
        return pause;
    }

    private long remainingNanos() {
        return end - System.nanoTime();
    }
}
