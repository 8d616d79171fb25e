package org.corral.cgroup.limit;

import java.util.OptionalLong;
import org.corral.cgroup.controller.CpuBandwidth;

/** Quota and period as one {@code long}: 20 bits have room for the longest period, the rest for all quotas that there are. */
final class Bandwidths {

    private static final int PERIOD_BITS = 20;
    private static final long PERIOD = (1L << PERIOD_BITS) - 1;
    private static final long NO_QUOTA = Long.MAX_VALUE >>> PERIOD_BITS;

    private Bandwidths() {}

    /**
     * {@return both in one}
     *
     * @throws IllegalArgumentException for a quota that no kernel takes either
     */
    static long pack(CpuBandwidth bandwidth) {
        long quota = bandwidth.quotaMicros().orElse(NO_QUOTA);
        if (quota > NO_QUOTA || (quota == NO_QUOTA && bandwidth.quotaMicros().isPresent())) {
            throw new IllegalArgumentException("quota " + quota + " us is more than any kernel takes: give less CPU");
        }
        return (quota << PERIOD_BITS) | bandwidth.periodMicros();
    }

    /** {@return the quota in microseconds, or {@link Notation#NONE}} */
    static long quota(long packed) {
        long quota = packed >>> PERIOD_BITS;
        return quota == NO_QUOTA ? Notation.NONE : quota;
    }

    /** {@return the period in microseconds} */
    static long period(long packed) {
        return packed & PERIOD;
    }

    /** {@return the quota of a bandwidth, or {@link Notation#NONE}} */
    static long quota(CpuBandwidth bandwidth) {
        OptionalLong quota = bandwidth.quotaMicros();
        return quota.isPresent() ? quota.getAsLong() : Notation.NONE;
    }
}
