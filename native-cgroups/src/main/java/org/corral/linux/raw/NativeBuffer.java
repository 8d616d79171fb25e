package org.corral.linux.raw;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;

/**
 * Memory outside of the heap, for {@link BufferCalls}, that Java reads and writes like any other: it is never unmapped while this is
 * reachable. Confined to one thread.
 */
public final class NativeBuffer {

    private final ByteBuffer bytes;
    private final long address;

    /** Allocates that many bytes, all zero. */
    public NativeBuffer(int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = Pointer.wrap(LibC.RUNTIME, bytes).address();
    }

    /** {@return its bytes; positions are for nobody to use} */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** {@return where it is, to give to the kernel} */
    public long address() {
        return address;
    }
}
