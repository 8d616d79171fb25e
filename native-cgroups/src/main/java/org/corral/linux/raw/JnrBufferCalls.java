package org.corral.linux.raw;

/** {@link BufferCalls} on the running kernel. */
final class JnrBufferCalls extends JnrCalls implements BufferCalls {

    @Override
    public int readInto(int fd, long address, int size) {
        long count = libc.pread(fd, address, size, 0);
        return count < 0 ? -lastError() : (int) count;
    }

    @Override
    public int writeFrom(int fd, long address, int size) {
        long count = libc.pwrite(fd, address, size, 0);
        return count < 0 ? -lastError() : (int) count;
    }
}
