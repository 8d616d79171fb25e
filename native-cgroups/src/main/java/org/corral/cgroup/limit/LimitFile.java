package org.corral.cgroup.limit;

import org.corral.cgroup.controller.ControlFileFormatException;
import org.corral.cgroup.controller.CpuBandwidth;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.layout.Controller;

/** The control files that hold a limit which is changed while containers run. */
enum LimitFile {
    CPU_SHARES(Controller.CPU, "cpu.shares", Notation.NUMBER),
    CPU_WEIGHT(Controller.CPU, "cpu.weight", Notation.NUMBER),
    CFS_BURST(Controller.CPU, "cpu.cfs_burst_us", Notation.NUMBER),
    CFS_PERIOD(Controller.CPU, "cpu.cfs_period_us", Notation.NUMBER),
    CFS_QUOTA(Controller.CPU, "cpu.cfs_quota_us", Notation.V1),
    MAX_BURST(Controller.CPU, "cpu.max.burst", Notation.NUMBER),
    CPU_MAX(Controller.CPU, "cpu.max", Notation.BANDWIDTH),
    MEMORY_LIMIT(Controller.MEMORY, "memory.limit_in_bytes", Notation.V1),
    MEMSW_LIMIT(Controller.MEMORY, "memory.memsw.limit_in_bytes", Notation.V1),
    SOFT_LIMIT(Controller.MEMORY, "memory.soft_limit_in_bytes", Notation.V1),
    MEMORY_MAX(Controller.MEMORY, "memory.max", Notation.V2),
    SWAP_MAX(Controller.MEMORY, "memory.swap.max", Notation.V2),
    MEMORY_LOW(Controller.MEMORY, "memory.low", Notation.V2),
    PIDS_MAX(Controller.PIDS, "pids.max", Notation.V2);

    static final int COUNT = values().length;

    /** The largest base page there is: what is a whole number of these, every kernel takes as it is. */
    private static final long LARGEST_PAGE_BYTES = 64L << 10;

    /** The kernel's MAX_SHARES; it makes less of more, and tells nobody. */
    private static final long MOST_SHARES = 1L << 18;

    final Controller controller;
    final String name;
    final Notation notation;

    LimitFile(Controller controller, String name, Notation notation) {
        this.controller = controller;
        this.name = name;
        this.notation = notation;
    }

    /** {@return its place among all of them} */
    @SuppressWarnings("EnumOrdinal") // arrays are indexed by it, and nothing else is
    int index() {
        return ordinal();
    }

    /** {@return whether it is one of bytes, which the kernel rounds to pages} */
    boolean isBytes() {
        return controller == Controller.MEMORY;
    }

    /** {@return whether it is a promise that a kernel may do without, and no limit} */
    boolean isSoft() {
        return this == SOFT_LIMIT || this == MEMORY_LOW;
    }

    /** {@return whether the kernel may make another value of this one without a word} */
    boolean mayBeChanged(long value) {
        return isBytes()
                ? value != Notation.NONE && value % LARGEST_PAGE_BYTES != 0
                : this == CPU_SHARES && value > MOST_SHARES;
    }

    /** {@return whether the kernel's rounding may have made one of the other} */
    boolean isRounded(long wanted, long held) {
        return isBytes()
                && wanted != Notation.NONE
                && held != Notation.NONE
                && Math.abs(wanted - held) < LARGEST_PAGE_BYTES;
    }

    /** {@return the value in the file's text} */
    long parse(String text) throws ControlFileFormatException {
        String line = text.strip();
        if (notation == Notation.BANDWIDTH) {
            return Bandwidths.pack(CpuBandwidth.parse(name, line));
        }
        return line.equals(notation.none) ? none() : valueOf(Limit.parse(name, line));
    }

    private long none() {
        return notation == Notation.NUMBER ? 0 : Notation.NONE;
    }

    private static long valueOf(Limit limit) {
        return limit.value().orElse(Notation.NONE);
    }
}
