package org.corral.containerizer.isolator;

import java.util.Optional;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryLimits;
import org.corral.cgroup.limit.LimitPlan;
import org.corral.core.Resources;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory limits that are asked for, none below the floor. Immutable.
 *
 * @param hard the hard limit; empty if none is asked for
 * @param total the limit of memory and swap together
 * @param soft the soft limit: the request, or else the hard one
 * @param isRequest whether the soft limit itself was asked for
 */
record WantedMemory(Optional<Limit> hard, Optional<Limit> total, Optional<Limit> soft, boolean isRequest) {

    private static final Logger LOG = LoggerFactory.getLogger(WantedMemory.class);

    static WantedMemory of(Resources wanted, DataSize floor) {
        Optional<Limit> hard = wanted.memory().map(size -> atLeast(floor, size));
        Optional<Limit> request = wanted.memoryRequest().map(size -> atLeast(floor, size));
        return new WantedMemory(
                hard,
                wanted.memoryAndSwap().map(Maximum::value).map(Limit::new),
                request.or(() -> hard),
                request.isPresent());
    }

    private static Limit atLeast(DataSize floor, DataSize wanted) {
        if (wanted.compareTo(floor) < 0) {
            LOG.warn("memory limit {} is raised to the floor of {}", wanted, floor);
            return Limit.of(floor);
        }
        return Limit.of(wanted);
    }

    /** Asks for them all. */
    void fill(LimitPlan plan) {
        fill(plan, hard);
    }

    /**
     * Asks for them with another hard limit.
     *
     * @throws IllegalArgumentException for a total without a hard limit
     */
    void fill(LimitPlan plan, Optional<Limit> other) {
        if (total.isPresent()) {
            plan.memory(withSwap(other.orElse(Limit.NONE), total.get()));
        } else {
            other.ifPresent(plan::memory);
        }
        soft.ifPresent(plan::softMemory);
    }

    private static MemoryLimits withSwap(Limit hard, Limit total) {
        if (hard.isNone() && !total.isNone()) {
            throw new IllegalArgumentException(
                    "the limit of memory and swap needs a memory limit, and the container has none: set both");
        }
        if (total.compareTo(hard) < 0) {
            LOG.warn(
                    "the limit of memory and swap is {}, as the memory limit is: it cannot be below",
                    HumanSize.of(hard.value()));
        }
        return new MemoryLimits(hard, total.compareTo(hard) < 0 ? hard : total);
    }

    /** A soft limit helps where the host is short of memory, and promises nothing: a kernel without is no failure. */
    void remark(KnobOutcome outcome) {
        if (isRequest && outcome instanceof KnobOutcome.Unsupported unsupported) {
            LOG.warn("the memory request has no effect: {}: {}", unsupported.file(), unsupported.reason());
        }
    }
}
