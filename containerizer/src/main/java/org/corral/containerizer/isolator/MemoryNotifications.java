package org.corral.containerizer.isolator;

import java.util.function.LongConsumer;
import org.corral.linux.errno.ErrnoException;

/**
 * How one v1 memory cgroup's notifications come: by eventfds of its own, or by some that others share. Who is told must not
 * block nor throw. Thread-safe.
 */
interface MemoryNotifications extends AutoCloseable {

    /**
     * Listens from now on.
     *
     * @param notified told how often the kernel notified since the last time; where an eventfd is shared, once for all of that
     * @throws ErrnoException ENOENT or EINVAL if this kernel does not notify of that, EMFILE
     */
    void listen(MemoryNotice notice, LongConsumer notified) throws ErrnoException;

    /**
     * Listens to the use of memory that crosses a threshold.
     *
     * @return to end that
     * @throws ErrnoException as {@link #listen}
     */
    Ending arm(Threshold threshold) throws ErrnoException;

    /** Ends all of them. Nobody is told after it, but for who is being told meanwhile. A second call does nothing. */
    @Override
    void close();

    /** Ends one of them. */
    @FunctionalInterface
    interface Ending {
        void cancel();
    }
}
