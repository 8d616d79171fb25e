package org.corral.core;

import java.util.Locale;

/**
 * What becomes of a running container's hard memory limit in an update that asks for less. A launch sets the limit that is asked for, and
 * more is given at once, whatever is chosen here.
 */
public enum MemoryLowering {
    /** The hard limit stays, and the soft one alone moves: nothing is killed. */
    KEEP,
    /** It is lowered, unless more is used: then the update fails with {@link MemoryInUseException}. */
    REFUSE,
    /** Memory is taken back first, for some seconds; if that is not enough the update fails with {@link MemoryInUseException}. */
    RECLAIM,
    /** It is lowered at once. On v2 the kernel kills if it cannot take back enough; v1 refuses (EBUSY), and the update fails. */
    FORCE;

    /**
     * {@return the one of that name, in small letters or large}
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static MemoryLowering parse(String name) {
        for (MemoryLowering one : values()) {
            if (one.name().equalsIgnoreCase(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "memory policy '" + name + "' is unknown: give keep, refuse, reclaim or force");
    }

    /** {@return the name in small letters} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
