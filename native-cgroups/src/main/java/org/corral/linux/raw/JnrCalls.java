package org.corral.linux.raw;

import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** The one place where -1 becomes an {@link ErrnoException}. */
abstract class JnrCalls {

    final LibC.Api libc;

    JnrCalls() {
        this(LibC.API);
    }

    /** Makes them of a library that a test has changed. */
    JnrCalls(LibC.Api libc) {
        this.libc = libc;
    }

    /** Reads {@code errno} right after a failed call, before anything else can change it. */
    static int lastError() {
        return Math.max(1, LibC.RUNTIME.getLastError());
    }

    private static Errno errno() {
        return new Errno(lastError());
    }

    static long check(long result, String syscall, String subject) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(syscall, errno(), subject);
        }
        return result;
    }

    static int check(int result, String syscall, String subject) throws ErrnoException {
        return (int) check((long) result, syscall, subject);
    }

    /** Checks a call that may be interrupted, and repeats it then. */
    static long checkRepeating(Call call, String syscall, String subject) throws ErrnoException {
        while (true) {
            long result = call.run();
            if (result >= 0) {
                return result;
            }
            Errno errno = errno();
            if (!errno.equals(Errno.EINTR)) {
                throw new ErrnoException(syscall, errno, subject);
            }
        }
    }

    /** {@return zeroed native memory for a struct; freed when unreachable, so hold it until the call has returned} */
    static Pointer struct(int size) {
        return Memory.allocateDirect(LibC.RUNTIME, size + Structs.SLACK, true);
    }

    /** A call that returns -1 and sets {@code errno} when it fails. */
    interface Call {
        long run();
    }
}
