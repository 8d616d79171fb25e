package org.corral.linux.event;

import static org.corral.linux.raw.Constants.EPOLLIN;

import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A counter in the kernel that can be waited for: eventfd(2). Does not block. Thread-safe but for closing.
 */
public final class EventFd implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFd.class);
    private static final VarHandle COUNT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Linux linux;
    private final Fd fd;

    private EventFd(Linux linux, Fd fd) {
        this.linux = linux;
        this.fd = fd;
    }

    /**
     * {@return a new one that counts 0}
     *
     * @throws ErrnoException EMFILE or ENFILE if there are too many descriptors
     */
    public static EventFd create(Linux linux) throws ErrnoException {
        return new EventFd(linux, new Fd(linux.files(), linux.events().eventFd(), "eventfd"));
    }

    /** Adds one, which makes it ready to read. */
    public void signal() throws ErrnoException {
        byte[] one = new byte[Long.BYTES];
        COUNT.set(one, 0, 1L);
        linux.files().write(fd.number(), one);
    }

    /** {@return the count since the last call, 0 if nothing happened} */
    public long drain() throws ErrnoException {
        byte[] count = new byte[Long.BYTES];
        try {
            linux.files().read(fd.number(), count, 0);
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return 0;
            }
            throw e;
        }
        return (long) COUNT.get(count, 0);
    }

    /**
     * Waits for its count, and reads it each time.
     *
     * @param poller owns the descriptor from now on, also when this call fails
     * @param counted told the count since the last time, on the poller's thread: it must not block nor throw
     * @throws ErrnoException as {@link Poller#watch}
     */
    public Poller.Watch watch(Poller poller, LongConsumer counted) throws ErrnoException {
        return poller.watch(fd, EPOLLIN, (watch, events) -> counted.accept(drainUnchecked()));
    }

    private long drainUnchecked() {
        try {
            return drainSurely();
        } catch (ErrnoException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #drain}, but one failure is not the end: what was not read is still there. */
    long drainSurely() throws ErrnoException {
        try {
            return drain();
        } catch (ErrnoException e) {
            LOG.debug("{} could not be read, and is tried again", fd, e);
            return drain();
        }
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
