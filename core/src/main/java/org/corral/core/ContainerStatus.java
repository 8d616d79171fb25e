package org.corral.core;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * Where a container is in its life. Immutable.
 *
 * @param id the container
 * @param state its stage
 * @param since when it entered that stage
 * @param pid the process id of its first process, empty before there is one
 */
public record ContainerStatus(ContainerId id, ContainerState state, Instant since, OptionalInt pid) {}
