package org.corral.cgroup.sample;

import java.util.OptionalLong;

/** What one cgroup used, as it was sampled: a copy. Immutable. */
public final class UsageSample {

    /** Nothing is known. */
    static final UsageSample NONE = new UsageSample(0, new long[0], new long[FileClass.values().length]);

    private final long present;
    private final long[] values;
    private final long[] nanoTimes;

    UsageSample(long present, long[] values, long[] nanoTimes) {
        this.present = present;
        this.values = values;
        this.nanoTimes = nanoTimes;
    }

    /** {@return a number in the column's unit, empty if the host does not tell it or nothing was sampled yet} */
    public OptionalLong get(UsageColumn column) {
        return (present & column.bit()) == 0 ? OptionalLong.empty() : OptionalLong.of(values[column.index()]);
    }

    /**
     * {@return when the files of a class were read, by {@link System#nanoTime}; empty if they were not} Classes have their own
     * rates, so one may be older than another.
     */
    public OptionalLong nanoTime(FileClass fileClass) {
        long time = nanoTimes[fileClass.index()];
        return time == 0 ? OptionalLong.empty() : OptionalLong.of(time);
    }
}
