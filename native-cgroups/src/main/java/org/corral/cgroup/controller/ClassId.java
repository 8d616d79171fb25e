package org.corral.cgroup.controller;

/**
 * A class of network packets, as traffic control has them: {@code major:minor}. Immutable.
 *
 * @param major of the queueing discipline, 1 to 0xfffe
 * @param minor of the class in it, 1 to 0xffff
 */
public record ClassId(int major, int minor) {

    /** The highest major number: 0xffff is taken by the discipline of incoming packets. */
    public static final int LAST_MAJOR = 0xfffe;

    /** The highest minor number. */
    public static final int LAST_MINOR = 0xffff;

    private static final int MINOR_BITS = 16;

    /** Refuses numbers that no class can have. */
    public ClassId {
        if (major < 1 || major > LAST_MAJOR) {
            throw new IllegalArgumentException(
                    "major number 0x" + Integer.toHexString(major) + " of a class is not in 0x1 to 0xfffe");
        }
        if (minor < 1 || minor > LAST_MINOR) {
            throw new IllegalArgumentException(
                    "minor number 0x" + Integer.toHexString(minor) + " of a class is not in 0x1 to 0xffff");
        }
    }

    /**
     * {@return the class of a number as in {@code net_cls.classid}}
     *
     * @throws IllegalArgumentException if it stands for no class
     */
    static ClassId of(long number) {
        return new ClassId(Math.toIntExact(number >>> MINOR_BITS), (int) number & LAST_MINOR);
    }

    /** {@return the number in {@code net_cls.classid}} */
    public long number() {
        return (long) major << MINOR_BITS | minor;
    }

    /** {@return the number in hexadecimal, {@code 0xMMMMmmmm} without leading zeros: {@code 0x100001} is 10:1} */
    @Override
    public String toString() {
        return "0x" + Long.toHexString(number());
    }
}
