package org.corral.cgroup.sample;

/**
 * Where the number of a column comes from. Immutable.
 *
 * @param key what the kernel calls it
 * @param column what it is
 * @param factor the kernel's unit in the column's, above 0
 */
record Field(String key, UsageColumn column, long factor) {

    static final long NANOS_PER_MICRO = 1000;

    /** USER_HZ is 100 on x86-64 and aarch64 whatever the kernel's own tick; see sysconf(3), _SC_CLK_TCK. */
    static final long NANOS_PER_TICK = 10_000_000;

    static Field of(String key, UsageColumn column) {
        return new Field(key, column, 1);
    }

    static Field micros(String key, UsageColumn column) {
        return new Field(key, column, NANOS_PER_MICRO);
    }

    static Field ticks(String key, UsageColumn column) {
        return new Field(key, column, NANOS_PER_TICK);
    }

    /** {@return the largest number of the kernel's that a {@code long} can hold in the column's unit} */
    long largest() {
        return Long.MAX_VALUE / factor;
    }
}
