package org.corral.core.isolator;

import java.util.OptionalInt;
import org.corral.core.ContainerId;
import org.corral.core.Resources;

/**
 * What is known of a container of an earlier agent. Immutable.
 *
 * @param id the container
 * @param pid its first process, empty if it is gone or its number may belong to another process by now
 * @param resources what it was to have
 */
public record RecoveredContainer(ContainerId id, OptionalInt pid, Resources resources) {}
