package org.corral.core.usage;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Processor time of all processes of a container, ended ones included. Immutable.
 *
 * @param total all time on a CPU
 * @param user the part in user mode; on cgroup v1 in steps of a clock tick (10 ms)
 * @param system the part in the kernel, in the same steps
 * @param periods enforcement periods of the CPU limit that went by
 * @param throttledPeriods the periods in which the limit was reached
 * @param throttled the time spent waiting for the next period, summed over CPUs
 */
public record CpuUsage(
        Optional<Duration> total,
        Optional<Duration> user,
        Optional<Duration> system,
        OptionalLong periods,
        OptionalLong throttledPeriods,
        Optional<Duration> throttled) {}
