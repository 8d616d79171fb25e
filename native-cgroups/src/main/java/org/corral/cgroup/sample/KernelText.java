package org.corral.cgroup.sample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.NativeBuffer;

/**
 * The text of a control file where the kernel put it, and how to find one's way in it. Confined to one thread; one is enough for
 * all files.
 *
 * <p>This is a hot path: it calls ring 1 by address, and makes no object. What it rests on:
 * <ul>
 *   <li>One pread(2) gives all of a control file that fits, so a file is whole if there is room left; else the memory is doubled, for
 *       good, and the file read again.
 *   <li>Behind the text there is always a newline, and room for the words that a scan reads ahead. So no scan needs to look
 *       for the end of the text, and each ends in it at the latest.
 *   <li>Eight bytes are looked at in one: a byte is searched by making it zero (exclusive or) and finding the lowest zero byte of
 *       the word. Words are little-endian on all machines, so the lowest byte is the first.
 * </ul>
 */
final class KernelText {

    /** {@link #number} found no digit. */
    static final long NONE = -1;

    /** More than the longest key and a word: see {@link FlatKeys}. */
    private static final int READ_AHEAD = 64;

    private static final int FIRST_SIZE = 4096;

    /** So many digits always fit into a {@code long}. */
    private static final int SAFE_DIGITS = 18;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long NEWLINES = ONES * '\n';

    private NativeBuffer memory = new NativeBuffer(FIRST_SIZE + READ_AHEAD);
    private ByteBuffer bytes = littleEndian(memory);
    private int size = FIRST_SIZE;
    private int length;
    private int end;

    private static ByteBuffer littleEndian(NativeBuffer memory) {
        return memory.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return 0 when all of a file has been read, else the errno} */
    int read(BufferCalls calls, int fd) {
        int count = calls.readInto(fd, memory.address(), size);
        while (count == size) {
            grow();
            count = calls.readInto(fd, memory.address(), size);
        }
        if (count < 0) {
            return -count;
        }
        length = count;
        bytes.put(count, (byte) '\n');
        return 0;
    }

    private void grow() {
        size *= 2;
        memory = new NativeBuffer(size + READ_AHEAD);
        bytes = littleEndian(memory);
    }

    /** {@return the number of bytes} */
    int length() {
        return length;
    }

    /** {@return a byte; at the length there is a newline} */
    byte at(int position) {
        return bytes.get(position);
    }

    /** {@return eight bytes from there on, the first of them lowest} */
    long word(int position) {
        return bytes.getLong(position);
    }

    /** {@return whether these bytes are there; they hold no newline} */
    boolean has(byte[] wanted, int position) {
        for (int i = 0; i < wanted.length; i++) {
            if (at(position + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@return what {@link #has} looks for} */
    static byte[] ascii(String wanted) {
        return wanted.getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the highest bit of each byte that is zero, right up to the lowest of them} */
    static long zeros(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }

    /** {@return where the line ends that this is in: its newline, or the length} */
    int lineEnd(int position) {
        int word = position;
        long found = zeros(word(word) ^ NEWLINES);
        while (found == 0) {
            word += Long.BYTES;
            found = zeros(word(word) ^ NEWLINES);
        }
        return word + (Long.numberOfTrailingZeros(found) >>> 3);
    }

    /**
     * {@return the number whose digits begin there, {@link #NONE} without a digit} Above {@link Long#MAX_VALUE} it is that, as
     * everywhere in Corral.
     */
    long number(int position) {
        long value = 0;
        int next = position;
        for (int digit = digit(next); digit >= 0; digit = digit(++next)) {
            value = value * 10 + digit;
        }
        end = next;
        if (next - position > SAFE_DIGITS) {
            return saturated(position);
        }
        return next == position ? NONE : value;
    }

    private long saturated(int position) {
        long value = 0;
        for (int next = position; next < end; next++) {
            int digit = digit(next);
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return value;
    }

    /** {@return the digit there, negative if it is none} */
    int digit(int position) {
        int digit = at(position) - '0';
        return digit <= 9 ? digit : -1;
    }

    /** {@return the sum of two numbers of 0 or more, {@link Long#MAX_VALUE} if that is too small for it} */
    static long plus(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** {@return what follows a device as {@code 8:0}; its own place if there is none} */
    int deviceEnd(int position) {
        long major = number(position);
        if (major == NONE || at(end) != ':') {
            return position;
        }
        return number(end + 1) == NONE ? position : end;
    }

    /** {@return what follows the last {@link #number}} */
    int end() {
        return end;
    }
}
