package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import org.corral.cgroup.controller.ClassId;

/**
 * The classes that an agent gives to its containers, each to one at a time: one major number, and minor numbers from a
 * range. A minor number that was given back comes last again, so that counters of tc(8) are not mixed up. Thread-safe.
 */
final class NetClsHandles {

    /** The keys that an operator sets a pool by. */
    static final String PRIMARY = "primary";

    static final String SECONDARY = "secondary";
    static final String RESERVED = "reserved";

    private final int major;
    private final HandleRange range;
    private final BitSet taken = new BitSet();
    private int next;

    /**
     * Makes a pool with nothing given yet.
     *
     * @param major of all of its classes
     * @param range of minor numbers
     * @param reserved minor numbers that are never given
     */
    NetClsHandles(int major, HandleRange range, Iterable<Integer> reserved) {
        this.major = new ClassId(major, range.first()).major();
        this.range = range;
        this.next = range.first();
        reserved.forEach(taken::set);
    }

    /**
     * {@return the pool that the options describe}
     *
     * @throws IllegalArgumentException naming the option that cannot be used, and the remedy
     */
    static NetClsHandles of(Map<String, String> options) {
        return new NetClsHandles(
                HandleRange.number(PRIMARY, options.getOrDefault(PRIMARY, ""), ClassId.LAST_MAJOR),
                HandleRange.parse(options.getOrDefault(SECONDARY, "1-0xffff")),
                HandleRange.numbers(RESERVED, options.getOrDefault(RESERVED, "")));
    }

    /**
     * Takes a class that nobody has.
     *
     * @throws IOException if all are taken
     */
    synchronized ClassId take() throws IOException {
        int minor = freeFrom(next);
        if (minor > range.last()) {
            minor = freeFrom(range.first());
        }
        if (minor > range.last()) {
            throw new IOException(
                    "all " + range.size() + " handles of net_cls from " + new ClassId(major, range.first())
                            + " to " + new ClassId(major, range.last())
                            + " are in use or reserved: end containers, or widen the range with the option "
                            + CgroupsNetCls.NAME + ":" + SECONDARY);
        }
        taken.set(minor);
        next = minor + 1;
        return new ClassId(major, minor);
    }

    private int freeFrom(int minor) {
        return taken.nextClearBit(minor);
    }

    /** Notes that somebody has a class already; one that this pool would not give is no concern of it. */
    synchronized void note(ClassId handle) {
        if (handle.major() == major) {
            taken.set(handle.minor());
        }
    }

    /** Takes a class back. */
    synchronized void giveBack(ClassId handle) {
        if (handle.major() == major && range.has(handle.minor())) {
            taken.clear(handle.minor());
        }
    }
}
