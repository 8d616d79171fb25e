package org.corral.cgroup.limit;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which limits are written: in between, too, the kernel takes what is there, nothing is killed, and the container never has
 * more than the old or the new limits give it. Confined to the plan's thread.
 *
 * <p>Backwards it is good for undoing. Kernel: scheduler/sched-bwc.rst, admin-guide/cgroup-v1/memory.rst.
 */
final class LimitOrder {

    private static final String ALONE = "";
    private static final String BURST_FIRST = "first, for the quota may not fall below it";
    private static final String BURST_LAST = "last, for it may not be above the quota";
    private static final String PERIOD_FIRST =
            "first: with the shorter one the quota would be a larger part of the CPUs";
    private static final String QUOTA_FIRST =
            "first: of the shorter period the old one would be a larger part of the CPUs";
    private static final String TOTAL_FIRST = "first, for the limit of memory may not be above it";
    private static final String MEMORY_FIRST = "first, for it may not be above the limit of memory and swap";
    private static final String SWAP_FIRST = "first, so that memory that is to shrink has somewhere to go";

    private static final LimitFile[] FILES = LimitFile.values();

    private final @Nullable PlannedLimit[] all;
    private final PlannedLimit[] order = new PlannedLimit[LimitFile.COUNT];
    private int size;

    LimitOrder(@Nullable PlannedLimit[] all) {
        this.all = all;
    }

    int size() {
        return size;
    }

    PlannedLimit at(int step) {
        return order[step];
    }

    /** {@return what is to be written, in this order} */
    List<PlannedLimit> steps() {
        return List.of(Arrays.copyOf(order, size));
    }

    /** Puts what is to be written in order. */
    void arrange() {
        size = 0;
        arrangeCpu(LimitFile.CFS_BURST, LimitFile.CFS_QUOTA);
        arrangeCpu(LimitFile.MAX_BURST, LimitFile.CPU_MAX);
        pair(LimitFile.MEMORY_LIMIT, LimitFile.MEMSW_LIMIT, memoryPassesTotal(), MEMORY_FIRST, TOTAL_FIRST);
        pair(LimitFile.MEMORY_MAX, LimitFile.SWAP_MAX, grows(LimitFile.SWAP_MAX), ALONE, SWAP_FIRST);
        for (LimitFile file : FILES) {
            add(file, ALONE);
        }
    }

    private void arrangeCpu(LimitFile burst, LimitFile quota) {
        boolean both = isToWrite(burst) && isToWrite(quota);
        if (!grows(burst)) {
            add(burst, both ? BURST_FIRST : ALONE);
        }
        pair(LimitFile.CFS_PERIOD, LimitFile.CFS_QUOTA, periodShrinks(), PERIOD_FIRST, QUOTA_FIRST);
        add(quota, ALONE);
        add(burst, both ? BURST_LAST : ALONE);
    }

    /** Adds two that depend on each other, and says why in that order where there is one. */
    private void pair(LimitFile usual, LimitFile other, boolean otherFirst, String whyUsual, String whyOther) {
        boolean both = isToWrite(usual) && isToWrite(other);
        LimitFile first = otherFirst ? other : usual;
        add(first, both ? (otherFirst ? whyOther : whyUsual) : ALONE);
        add(otherFirst ? usual : other, ALONE);
    }

    private boolean memoryPassesTotal() {
        PlannedLimit memory = all[LimitFile.MEMORY_LIMIT.index()];
        PlannedLimit total = all[LimitFile.MEMSW_LIMIT.index()];
        return memory != null
                && total != null
                && memory.isToWrite()
                && total.isToWrite()
                && memory.wanted() > total.before();
    }

    private boolean grows(LimitFile file) {
        PlannedLimit limit = all[file.index()];
        return limit != null && limit.isToWrite() && limit.wanted() > limit.before();
    }

    private boolean periodShrinks() {
        PlannedLimit period = all[LimitFile.CFS_PERIOD.index()];
        return period != null && period.isToWrite() && period.wanted() < period.before();
    }

    private boolean isToWrite(LimitFile file) {
        PlannedLimit limit = all[file.index()];
        return limit != null && limit.isToWrite();
    }

    private void add(LimitFile file, String reason) {
        PlannedLimit limit = all[file.index()];
        if (limit != null && limit.isToWrite()) {
            limit.order(reason);
            order[size++] = limit;
        }
    }

    /** {@return whether this step and the next are period and quota, which now change places} For a cgroup below may mind as well. */
    boolean turnAround(int step) {
        if (step + 1 >= size || !isBandwidth(order[step]) || !isBandwidth(order[step + 1])) {
            return false;
        }
        PlannedLimit first = order[step];
        order[step] = order[step + 1];
        order[step + 1] = first;
        return true;
    }

    private static boolean isBandwidth(PlannedLimit limit) {
        return limit.file() == LimitFile.CFS_PERIOD || limit.file() == LimitFile.CFS_QUOTA;
    }
}
