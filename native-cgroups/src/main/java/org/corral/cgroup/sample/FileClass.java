package org.corral.cgroup.sample;

/** Control files that are read together, at a rate of their own, because they cost alike and change alike. */
public enum FileClass {
    /** Processor time and throttling: about 1 µs each. */
    CPU,
    /** Use, peak and kills: about half a microsecond each. */
    MEMORY,
    /** {@code memory.stat}, for which the kernel itself works 7 µs and more. */
    MEMORY_STAT,
    /** Processes and threads. */
    PIDS,
    /** Block devices: longer with each device. */
    IO,
    /** Pressure stall information, only there where a v2 hierarchy is. */
    PRESSURE,
    /** Limits, which change when somebody changes them. */
    LIMITS;

    /** {@return its place among the classes, from 0 on} */
    @SuppressWarnings("EnumOrdinal") // arrays are indexed by it, and nothing else is
    int index() {
        return ordinal();
    }

    /** {@return a set of this alone, as a bit} */
    int bit() {
        return 1 << index();
    }
}
