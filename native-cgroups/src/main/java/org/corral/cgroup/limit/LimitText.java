package org.corral.cgroup.limit;

import java.nio.charset.StandardCharsets;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.NativeBuffer;

/**
 * A limit's text in native memory: rendered there from its end, digit by digit, and given to the kernel from there. Confined to one
 * thread. A hot path, but for reading.
 */
final class LimitText {

    private static final int SIZE = 128;

    private final NativeBuffer memory = new NativeBuffer(SIZE);
    private int start = SIZE;

    /** Renders a value. */
    void put(Notation notation, long value) {
        start = SIZE;
        if (notation == Notation.BANDWIDTH) {
            digits(Bandwidths.period(value));
            put(' ');
            number(notation, Bandwidths.quota(value));
        } else {
            number(notation, value);
        }
    }

    private void number(Notation notation, long value) {
        if (value == Notation.NONE) {
            for (int i = notation.none.length() - 1; i >= 0; i--) {
                put(notation.none.charAt(i));
            }
        } else {
            digits(value);
        }
    }

    private void digits(long value) {
        long left = value;
        do {
            put((char) ('0' + left % 10));
            left /= 10;
        } while (left != 0);
    }

    private void put(char ascii) {
        memory.bytes().put(--start, (byte) ascii);
    }

    /** {@return how many bytes were rendered} */
    int length() {
        return SIZE - start;
    }

    /** {@return how many of the bytes rendered the kernel took, or {@code -errno}} */
    int write(BufferCalls calls, int fd) {
        return calls.writeFrom(fd, memory.address() + start, length());
    }

    /** {@return how many bytes a file has given, up to all that fits, or {@code -errno}; what was rendered is gone} */
    int read(BufferCalls calls, int fd) {
        return calls.readInto(fd, memory.address(), SIZE);
    }

    /** {@return what was read} */
    String text(int length) {
        byte[] bytes = new byte[length];
        memory.bytes().get(0, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
