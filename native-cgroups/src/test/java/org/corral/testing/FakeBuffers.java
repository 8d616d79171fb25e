package org.corral.testing;

import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.BufferCalls;

/** Reads and writes the files of a fake kernel to and from memory of the real one. */
final class FakeBuffers implements BufferCalls {

    private final FakeCgroupFs files;

    FakeBuffers(FakeCgroupFs files) {
        this.files = files;
    }

    @Override
    public int readInto(int fd, long address, int size) {
        byte[] bytes = new byte[size];
        try {
            int count = files.readAt(fd, bytes, 0, 0);
            memory(address).put(0, bytes, 0, count);
            return count;
        } catch (ErrnoException e) {
            return -e.errno().number();
        }
    }

    @Override
    public int writeFrom(int fd, long address, int size) {
        byte[] bytes = new byte[size];
        memory(address).get(0, bytes, 0, size);
        try {
            return files.write(fd, bytes);
        } catch (ErrnoException e) {
            return -e.errno().number();
        }
    }

    private static Pointer memory(long address) {
        return Pointer.wrap(Runtime.getSystemRuntime(), address);
    }
}
