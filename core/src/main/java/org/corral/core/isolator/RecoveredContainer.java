package org.corral.core.isolator;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.corral.core.ContainerId;
import org.corral.core.Resources;

/**
 * What is known of a container of an earlier agent. Immutable.
 *
 * @param id the container
 * @param pid its first process, empty if it is gone or its number may belong to another process by now
 * @param resources what it was to have
 * @param directory its working directory, absolute; empty if it was given none, or that was not written down
 */
public record RecoveredContainer(ContainerId id, OptionalInt pid, Resources resources, Optional<Path> directory) {

    /** Makes one of which no working directory is known. */
    public RecoveredContainer(ContainerId id, OptionalInt pid, Resources resources) {
        this(id, pid, resources, Optional.empty());
    }
}
