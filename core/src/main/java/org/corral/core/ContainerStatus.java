package org.corral.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a container is in its life. Immutable.
 *
 * @param id the container
 * @param state its stage
 * @param since when it entered that stage
 * @param pid the process id of its first process, empty before there is one
 * @param activity what is being done for it just now, as {@code prepare of cgroups/mem}; empty if nothing is
 * @param details what isolators know of it beside its use, as {@code net_cls.classid}
 */
public record ContainerStatus(
        ContainerId id,
        ContainerState state,
        Instant since,
        OptionalInt pid,
        Optional<String> activity,
        Map<String, String> details) {

    /** Copies the details. */
    public ContainerStatus {
        details = Map.copyOf(details);
    }

    /** Makes a status without details, of a container for which nothing is being done. */
    public ContainerStatus(ContainerId id, ContainerState state, Instant since, OptionalInt pid) {
        this(id, state, since, pid, Optional.empty(), Map.of());
    }

    /** {@return this status with another activity} */
    public ContainerStatus withActivity(Optional<String> current) {
        return new ContainerStatus(id, state, since, pid, current, details);
    }

    /** {@return this status with other details} */
    public ContainerStatus withDetails(Map<String, String> known) {
        return new ContainerStatus(id, state, since, pid, activity, known);
    }
}
