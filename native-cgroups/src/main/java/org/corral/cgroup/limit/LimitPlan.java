package org.corral.cgroup.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.corral.cgroup.controller.CpuBandwidth;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryLimits;
import org.corral.cgroup.controller.Weights;
import org.corral.core.isolator.LimitStep;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * Limits that are wanted, against those that there are: told beforehand, applied all or none, and taken back. Made by
 * {@link LimitWriter#plan} and confined to its thread; {@link #clear} makes it an empty one for the next change.
 *
 * <p>What is not asked for stays as it is. A file is looked at when it has to be, which is when nothing is known of it.
 */
public final class LimitPlan {

    private final LimitWriter writer;
    private final @Nullable PlannedLimit[] all = new @Nullable PlannedLimit[LimitFile.COUNT];
    private final LimitOrder order = new LimitOrder(all);
    private boolean arranged;

    LimitPlan(LimitWriter writer) {
        this.writer = writer;
    }

    /** Asks for nothing any more. {@return this} */
    public LimitPlan clear() {
        for (PlannedLimit limit : all) {
            if (limit != null) {
                limit.clear();
            }
        }
        arranged = false;
        return this;
    }

    /**
     * Asks for a share of the CPUs: v1 {@code cpu.shares}, v2 {@code cpu.weight}.
     *
     * @param shares in the scale of v1, 1024 for a CPU: see {@link Weights#sharesOf}
     */
    public LimitPlan cpuShares(long shares) {
        return writer.cpuIsV2()
                ? want(LimitFile.CPU_WEIGHT, Weights.weightOfShares(shares))
                : want(LimitFile.CPU_SHARES, shares);
    }

    /** Asks for quota and period: v1 {@code cpu.cfs_quota_us} and {@code cpu.cfs_period_us}, v2 {@code cpu.max}. */
    public LimitPlan cpuBandwidth(CpuBandwidth bandwidth) {
        if (writer.cpuIsV2()) {
            return want(LimitFile.CPU_MAX, Bandwidths.pack(bandwidth));
        }
        want(LimitFile.CFS_PERIOD, bandwidth.periodMicros());
        return want(LimitFile.CFS_QUOTA, Bandwidths.quota(bandwidth));
    }

    /**
     * Asks that unused quota be saved up, at most so much: v1 {@code cpu.cfs_burst_us}, v2 {@code cpu.max.burst}; Linux 5.14.
     *
     * @param burst zero or more, in whole microseconds; not above the quota
     */
    public LimitPlan cpuBurst(Duration burst) {
        if (burst.isNegative()) {
            throw new IllegalArgumentException("burst " + burst + " is negative: give zero for no burst");
        }
        LimitFile file = writer.cpuIsV2() ? LimitFile.MAX_BURST : LimitFile.CFS_BURST;
        return want(file, TimeUnit.MICROSECONDS.convert(burst));
    }

    /**
     * Asks for a hard limit of memory in bytes: v1 {@code memory.limit_in_bytes}, v2 {@code memory.max}.
     *
     * <p>Below the current use the kernel first reclaims. If that is not enough v1 refuses with EBUSY, but <b>v2 kills</b>: look at
     * the use before.
     */
    public LimitPlan memory(Limit limit) {
        return want(writer.memoryIsV2() ? LimitFile.MEMORY_MAX : LimitFile.MEMORY_LIMIT, value(limit));
    }

    /** Asks for hard limits of memory, and of memory and swap: v1 {@code memory.memsw.limit_in_bytes}, v2 {@code memory.swap.max}. */
    public LimitPlan memory(MemoryLimits limits) {
        memory(limits.memory());
        return writer.memoryIsV2()
                ? want(LimitFile.SWAP_MAX, value(limits.swap()))
                : want(LimitFile.MEMSW_LIMIT, value(limits.total()));
    }

    /**
     * Asks for what is kept when the host is short of memory, in bytes: v1 {@code memory.soft_limit_in_bytes}, v2 {@code memory.low}.
     * A kernel without is no reason to refuse the rest.
     *
     * @param limit {@link Limit#NONE} asks for nothing: v1 {@code -1}, v2 {@code 0}
     */
    public LimitPlan softMemory(Limit limit) {
        return writer.memoryIsV2()
                ? want(LimitFile.MEMORY_LOW, limit.isNone() ? 0 : value(limit))
                : want(LimitFile.SOFT_LIMIT, value(limit));
    }

    /** Asks for a limit of processes and threads: {@code pids.max}. One below the current number is taken and stops forks. */
    public LimitPlan pids(Limit most) {
        return want(LimitFile.PIDS_MAX, value(most));
    }

    private static long value(Limit limit) {
        return limit.isNone() ? Notation.NONE : limit.value().getAsLong();
    }

    private LimitPlan want(LimitFile file, long value) {
        PlannedLimit limit = all[file.index()];
        if (limit == null) {
            limit = new PlannedLimit(writer, file);
            all[file.index()] = limit;
        }
        limit.want(value);
        arranged = false;
        return this;
    }

    /**
     * {@return what would be written, in that order, and then what would not, and why} Writes nothing.
     *
     * @throws ErrnoException ENOENT or ENODEV if the cgroup is gone
     */
    public List<LimitStep> steps() throws IOException {
        arrange();
        return inOrder().stream().map(PlannedLimit::step).toList();
    }

    private List<PlannedLimit> inOrder() {
        List<PlannedLimit> written = new ArrayList<>(order.steps());
        Stream.of(all)
                .filter(Objects::nonNull)
                .filter(limit -> limit.isUsed() && !written.contains(limit))
                .forEach(written::add);
        return written;
    }

    /** Looks at what is not known, and puts in order what is to be written. */
    private void arrange() throws IOException {
        if (!arranged) {
            for (PlannedLimit limit : all) {
                if (limit != null && limit.isUsed()) {
                    limit.look();
                }
            }
            order.arrange();
            arranged = true;
        }
    }

    /**
     * Writes what is not as wanted. To be called once, or again after {@link #clear}.
     *
     * @return whether all is as wanted now, or as near as the kernel takes it; if not, nothing has changed, and {@link #outcomes}
     *     tells why, and what could not be taken back
     * @throws ErrnoException ENOENT or ENODEV if the cgroup is gone
     */
    public boolean apply() throws IOException {
        arrange();
        if (isAnyInTheWay()) {
            return false;
        }
        for (int step = 0; step < order.size(); step++) {
            if (!write(step)) {
                undo(step + 1);
                return false;
            }
        }
        return true;
    }

    private boolean isAnyInTheWay() {
        for (PlannedLimit limit : all) {
            if (limit != null && limit.isInTheWay()) {
                return true;
            }
        }
        return false;
    }

    private boolean write(int step) throws IOException {
        PlannedLimit limit = order.at(step);
        boolean written = limit.write();
        boolean again = !written && limit.isRefusedWith(Errno.EINVAL) && order.turnAround(step);
        return again ? order.at(step).write() : written;
    }

    /**
     * Writes what was there before {@link #apply}, backwards. A memory limit of v2 is not lowered again below what is used by
     * now; {@link #outcomes} tells what was not taken back.
     *
     * @throws ErrnoException ENOENT or ENODEV if the cgroup is gone
     */
    public void undo() throws IOException {
        undo(order.size());
    }

    private void undo(int end) throws IOException {
        for (int step = end - 1; step >= 0; step--) {
            order.at(step).undo();
        }
    }

    /** {@return what became of each limit that was asked for, in the order of the writes} */
    public List<KnobOutcome> outcomes() {
        return inOrder().stream().map(PlannedLimit::outcome).toList();
    }
}
