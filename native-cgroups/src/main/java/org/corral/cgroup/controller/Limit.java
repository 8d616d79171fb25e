package org.corral.cgroup.controller;

import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.DataSize;

/**
 * A limit as control files have it: a number, or none. Immutable. None is the highest.
 *
 * @param value the number, in the unit of the file; empty if there is no limit
 */
public record Limit(OptionalLong value) implements Comparable<Limit> {

    /** No limit. */
    public static final Limit NONE = new Limit(OptionalLong.empty());

    /** The largest base page of the architectures Corral runs on: aarch64 has kernels with pages of 64 KiB. */
    private static final long LARGEST_PAGE_BYTES = 64L << 10;

    /**
     * From here on v1 means “no limit”: it prints the largest whole number of pages below 2<sup>63</sup>, that is
     * 9223372036854771712 with pages of 4 KiB and this with pages of 64 KiB.
     */
    private static final long V1_UNLIMITED = Long.MAX_VALUE & -LARGEST_PAGE_BYTES;

    /** Takes numbers that no limit can have for none. */
    public Limit {
        if (value.isPresent() && value.getAsLong() < 0) {
            throw new IllegalArgumentException(
                    "limit " + value.getAsLong() + " is negative: give 0 or more, or Limit.NONE");
        }
        if (value.orElse(0) >= V1_UNLIMITED) {
            value = OptionalLong.empty();
        }
    }

    /** {@return a limit of that many, 0 or more} */
    public static Limit of(long value) {
        return new Limit(OptionalLong.of(value));
    }

    /** {@return a limit of that many bytes} */
    public static Limit of(DataSize size) {
        return of(size.bytes());
    }

    /**
     * {@return the limit that a file's text tells: a number or {@code max}}
     *
     * @throws ControlFileFormatException naming the file if it is neither
     */
    public static Limit parse(String file, String text) throws ControlFileFormatException {
        String word = text.strip();
        return word.equals("max") ? NONE : of(Numbers.unsigned(word, file, text, "a number or 'max'"));
    }

    /** {@return whether there is no limit} */
    public boolean isNone() {
        return value.isEmpty();
    }

    /** {@return whether the kernel's rounding to whole pages may have made one limit of bytes of the other} */
    boolean isWithinOnePageOf(Limit other) {
        return !isNone()
                && !other.isNone()
                && Math.abs(value.getAsLong() - other.value.getAsLong()) < LARGEST_PAGE_BYTES;
    }

    /** {@return the text that a memory file of that version takes; v1 has {@code -1} for none} */
    String text(CgroupVersion version) {
        return isNone() && version == CgroupVersion.V1 ? "-1" : toString();
    }

    @Override
    public int compareTo(Limit other) {
        return Long.compare(value.orElse(Long.MAX_VALUE), other.value.orElse(Long.MAX_VALUE));
    }

    /** {@return the number, or {@code max}} */
    @Override
    public String toString() {
        return isNone() ? "max" : Long.toString(value.getAsLong());
    }
}
