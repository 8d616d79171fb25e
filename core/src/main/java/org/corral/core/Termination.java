package org.corral.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.corral.core.usage.ContainerUsage;

/**
 * How a container ended and what it had used. Immutable.
 *
 * @param id the container
 * @param reason why it ended
 * @param status how its first process ended; empty if the kernel no longer knows
 * @param limitations the limits it ran into, in the order they were noticed
 * @param usage what it had used in all, read after its last process had ended
 * @param wall the time between the release of its first process and its end
 */
public record Termination(
        ContainerId id,
        TerminationReason reason,
        Optional<ExitStatus> status,
        List<Limitation> limitations,
        ContainerUsage usage,
        Duration wall) {

    /** Copies the limitations. */
    public Termination {
        limitations = List.copyOf(limitations);
    }
}
