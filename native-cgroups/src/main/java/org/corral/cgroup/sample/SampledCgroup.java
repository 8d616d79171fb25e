package org.corral.cgroup.sample;

import java.util.OptionalLong;
import org.corral.cgroup.Cgroup;

/** A cgroup that a {@link UsageSampler} samples, and its latest sample. Thread-safe; no reader waits for the sampler. */
public final class SampledCgroup {

    private static final long ABSENT = -1;

    final int row;
    final KeptFiles[] files;
    private final UsageSampler sampler;
    private final Cgroup cgroup;
    private boolean isNew = true;
    private volatile boolean gone;
    private volatile boolean removed;

    SampledCgroup(UsageSampler sampler, Cgroup cgroup, int row, KeptFiles[] files) {
        this.sampler = sampler;
        this.cgroup = cgroup;
        this.row = row;
        this.files = files;
    }

    /** {@return the cgroup} */
    public Cgroup cgroup() {
        return cgroup;
    }

    /** {@return whether it was found removed; what it used last can still be read} */
    public boolean isGone() {
        return gone;
    }

    /** {@return whether it was not sampled yet; the sampler's, as is {@link #sampled}} */
    boolean isNew() {
        return isNew;
    }

    void sampled() {
        isNew = false;
    }

    void goneNow() {
        gone = true;
    }

    /** {@return whether its row is another's, or nobody's} */
    boolean isRemoved() {
        return removed;
    }

    void removedNow() {
        removed = true;
    }

    /** {@return a number of the latest sample, in the column's unit; empty if the host does not tell it, or after the removal} */
    public OptionalLong get(UsageColumn column) {
        long value = sampler.table().read(row, column, ABSENT);
        return value == ABSENT || removed ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** {@return a copy of the latest sample; without any number after the removal} */
    public UsageSample latest() {
        UsageSample latest = sampler.table().read(row); // before the look at whose row it was
        return removed ? UsageSample.NONE : latest;
    }

    /** {@return the latest sample as records: made by this call, so for the few that somebody looks at} */
    public ResourceStatistics statistics() {
        return ResourceStatistics.of(latest());
    }
}
