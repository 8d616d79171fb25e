package org.corral.linux.raw;

/**
 * Reads and writes between descriptors and native memory, for paths that do so thousands of times a second: one system call,
 * nothing made, nothing thrown. Thread-safe.
 *
 * <p>A failure is told as a negative number, {@code -errno}. EINTR is not repeated: control files do not wait.
 */
public interface BufferCalls {

    /**
     * {@code ssize_t pread(int fd, void *buf, size_t count, 0)} — pread(2), from the beginning of the file.
     *
     * @param address of at least {@code size} bytes that stay allocated during the call
     * @return how many bytes were read, or {@code -errno}
     */
    int readInto(int fd, long address, int size);

    /**
     * {@code ssize_t pwrite(int fd, const void *buf, size_t count, 0)} — pwrite(2).
     *
     * @param address as {@link #readInto} has it
     * @return how many bytes were written, or {@code -errno}
     */
    int writeFrom(int fd, long address, int size);
}
