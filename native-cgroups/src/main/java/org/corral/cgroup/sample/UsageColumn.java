package org.corral.cgroup.sample;

/**
 * A number that is sampled. Times are nanoseconds and, as the counts, since the cgroup was made; sizes are bytes of now. All take in the
 * cgroups below.
 */
public enum UsageColumn {
    /** Time on a CPU. */
    CPU_NANOS,
    /** Time on a CPU for each second between the last two samples; 10<sup>9</sup> is one CPU. */
    CPU_NANOS_PER_SECOND,
    /** The part in user mode; on v1 in clock ticks of 10 ms. */
    CPU_USER_NANOS,
    /** The part in the kernel; on v1 in clock ticks of 10 ms. */
    CPU_SYSTEM_NANOS,
    /** Enforcement periods of the CPU limit that went by. */
    CPU_PERIODS,
    /** The periods in which the limit was reached. */
    CPU_THROTTLED_PERIODS,
    /** Waiting for the next period, summed over CPUs. */
    CPU_THROTTLED_NANOS,

    /** All memory charged, page cache included. */
    MEMORY_BYTES,
    /** The most that was charged at once. */
    MEMORY_PEAK_BYTES,
    /** Processes that the kernel killed because memory ran out. */
    OOM_KILLS,
    /** Swap; on v1 a line of {@code memory.stat}. */
    SWAP_BYTES,

    /** Memory that no file backs. */
    ANON_BYTES,
    /** Page cache, shared memory included. */
    FILE_BYTES,
    /** Shared memory and tmpfs. */
    SHMEM_BYTES,
    /** Files that are mapped. */
    MAPPED_BYTES,
    /** Page cache that is still to be written. */
    DIRTY_BYTES,
    /** Page cache that is being written. */
    WRITEBACK_BYTES,
    /** Not used lately, and no file's. */
    INACTIVE_ANON_BYTES,
    /** Used lately, and no file's. */
    ACTIVE_ANON_BYTES,
    /** Page cache not used lately: what is reclaimed first. The use without it is what tools call the working set. */
    INACTIVE_FILE_BYTES,
    /** Page cache used lately. */
    ACTIVE_FILE_BYTES,
    /** Cannot be reclaimed, as what is locked. */
    UNEVICTABLE_BYTES,
    /** The kernel's own memory for the cgroup; v2 from Linux 5.18 on. */
    KERNEL_BYTES,
    /** Page faults. */
    PAGE_FAULTS,
    /** Page faults that had to read. */
    MAJOR_PAGE_FAULTS,

    /** Processes and threads. */
    PIDS,

    /** Read from block devices. */
    IO_READ_BYTES,
    /** Written to block devices. */
    IO_WRITE_BYTES,
    /** Operations that read. */
    IO_READS,
    /** Operations that wrote. */
    IO_WRITES,

    /** Some process waited for a CPU. */
    CPU_SOME_NANOS,
    /** All processes waited for a CPU at once; Linux 5.13. */
    CPU_FULL_NANOS,
    /** Some process waited for memory. */
    MEMORY_SOME_NANOS,
    /** All processes waited for memory at once. */
    MEMORY_FULL_NANOS,
    /** Some process waited for block devices. */
    IO_SOME_NANOS,
    /** All processes waited for block devices at once. */
    IO_FULL_NANOS,

    /** The hard limit of memory; absent if there is none. */
    MEMORY_LIMIT_BYTES,
    /** The limit of processes and threads; absent if there is none. */
    PIDS_LIMIT;

    static final long NANOS_PER_SECOND = 1_000_000_000;

    /** How many there are; a set of them fits into the bits of a {@code long}. */
    static final int COUNT = values().length;

    /** {@return its place among the columns, from 0 on} */
    @SuppressWarnings("EnumOrdinal") // arrays are indexed by it, and nothing else is
    int index() {
        return ordinal();
    }

    /** {@return a set of this alone, as a bit} */
    long bit() {
        return 1L << index();
    }
}
