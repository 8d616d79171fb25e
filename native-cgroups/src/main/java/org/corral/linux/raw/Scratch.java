package org.corral.linux.raw;

import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/**
 * Native memory for the arguments and results of one call at a time, a piece for each thread. To allocate costs more than
 * the call, and what was allocated is freed late, by the garbage collector. What is in it from before stays in it.
 */
final class Scratch {

    /** As much as one reading of a directory takes. */
    static final int SIZE = 32768;

    private static final ThreadLocal<Pointer> OF_THREAD =
            ThreadLocal.withInitial(() -> Memory.allocateDirect(LibC.RUNTIME, SIZE, false));

    private Scratch() {}

    /** {@return the thread's, good until it makes another call} */
    static Pointer get() {
        return OF_THREAD.get();
    }

    /** {@return the same, or new memory for more than that} */
    static Pointer get(int size) {
        return size <= SIZE ? get() : Memory.allocateDirect(LibC.RUNTIME, size, false);
    }
}
