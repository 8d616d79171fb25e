package org.corral.cgroup.limit;

/** How control files write a limit. */
enum Notation {
    /** A number; there is no “no limit”. */
    NUMBER("0"),
    /** A number, or {@code -1} for no limit. */
    V1("-1"),
    /** A number, or {@code max} for no limit. */
    V2("max"),
    /** Quota and period of {@code cpu.max}, in one: see {@link Bandwidths}. */
    BANDWIDTH("max");

    /** No limit. Other values are zero or more. */
    static final long NONE = Long.MAX_VALUE;

    /** What stands for no limit. */
    final String none;

    Notation(String none) {
        this.none = none;
    }

    /** {@return a value as its file shows it} */
    String text(long value) {
        if (this == BANDWIDTH) {
            return V2.text(Bandwidths.quota(value)) + " " + Bandwidths.period(value);
        }
        return value == NONE ? none : Long.toString(value);
    }
}
