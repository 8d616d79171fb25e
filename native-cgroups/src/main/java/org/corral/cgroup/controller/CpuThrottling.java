package org.corral.cgroup.controller;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.usage.CpuUsage;

/**
 * How often a cgroup reached its CPU bandwidth. Immutable. Every field is absent where the kernel does not tell it.
 *
 * @param periods enforcement periods that went by
 * @param throttledPeriods the periods in which the quota was used up
 * @param throttled the time spent waiting for the next period, summed over CPUs
 */
public record CpuThrottling(OptionalLong periods, OptionalLong throttledPeriods, Optional<Duration> throttled) {

    /** {@return that usage with this throttling, where this knows it} */
    public CpuUsage addTo(CpuUsage usage) {
        return new CpuUsage(
                usage.total(),
                usage.user(),
                usage.system(),
                periods.isPresent() ? periods : usage.periods(),
                throttledPeriods.isPresent() ? throttledPeriods : usage.throttledPeriods(),
                throttled.or(usage::throttled));
    }
}
