package org.corral.testing.fault;

import java.util.Arrays;
import java.util.List;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EventCalls.WatchEvent;

/**
 * One way in which a call can go wrong. Immutable.
 *
 * @param name what the kernel does, for reports
 * @param effect what the caller gets
 */
public record Fault(String name, Effect effect) {

    private static final int WATCH_OF_OVERFLOW = -1;
    private static final int IN_Q_OVERFLOW = 0x4000;

    /** What the caller of a faulty call gets. */
    @FunctionalInterface
    public interface Effect {
        /** {@return what the call returns} */
        Object on(MadeCall call) throws Throwable;
    }

    /** {@return the call is not made, and fails} */
    public static Fault refused(Errno errno) {
        return new Fault(nameOf(errno), call -> {
            throw call.failure(errno);
        });
    }

    /** {@return the call does its work and fails all the same}: close(2), or what another process has done before us */
    public static Fault afterwards(Errno errno) {
        return new Fault(nameOf(errno) + " afterwards", call -> {
            call.proceed();
            throw call.failure(errno);
        });
    }

    /** {@return the call tells a negative error number instead of throwing it, as those on native memory do} */
    public static Fault told(Errno errno) {
        return new Fault(nameOf(errno), call -> -errno.number());
    }

    /** {@return a read of one byte}: allowed of any read(2) by its manual page */
    public static Fault shortRead() {
        return new Fault("short read", call -> {
            byte[] buffer = (byte[]) call.arguments()[1];
            int offset = (int) call.arguments()[2];
            Object[] shorter = call.arguments().clone();
            byte[] one = Arrays.copyOf(buffer, Math.min(buffer.length, offset + 1));
            shorter[1] = one;
            Object count = call.proceed(shorter);
            System.arraycopy(one, offset, buffer, offset, Math.max(0, (int) count));
            return count;
        });
    }

    /** {@return a write of which the last byte is not taken} */
    public static Fault shortWrite() {
        return new Fault("short write", call -> (int) call.proceed() - 1);
    }

    /** {@return a wait that ends with nothing}: a signal, or a wake-up for another */
    public static Fault nothingReady() {
        return new Fault("EINTR", call -> List.of());
    }

    /** {@return a queue of changes that has overflowed, and lost what was in it} (inotify(7)) */
    public static Fault overflow() {
        return new Fault("overflow", call -> {
            call.proceed();
            return List.of(new WatchEvent(WATCH_OF_OVERFLOW, IN_Q_OVERFLOW));
        });
    }

    private static String nameOf(Errno errno) {
        return errno.toString().split(" ", 2)[0];
    }

    /** {@return its name} */
    @Override
    public String toString() {
        return name;
    }

    /** A call that has come to the kernel. */
    public interface MadeCall {
        /** {@return what it was called with} */
        Object[] arguments();

        /** {@return what the kernel returns for it} */
        default Object proceed() throws Throwable {
            return proceed(arguments());
        }

        /** {@return what the kernel returns for other arguments} */
        Object proceed(Object... others) throws Throwable;

        /** {@return its failure as the kernel's} */
        ErrnoException failure(Errno errno);
    }
}
