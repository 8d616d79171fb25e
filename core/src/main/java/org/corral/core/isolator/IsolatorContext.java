package org.corral.core.isolator;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent;

/** What an agent gives to an isolator that it did not bring itself. Thread-safe. */
public interface IsolatorContext {

    /** {@return what the operator set for this isolator, by key} */
    Map<String, String> options();

    /**
     * {@return the directory of a container's cgroup in the hierarchy of a controller}
     *
     * <p>Empty if that controller is bound to no hierarchy, and before the container's {@code prepare} and after its
     * {@code cleanup}. Whether its files are those of v1 or v2 tells {@code cgroup.controllers}, which v2 alone has.
     *
     * @param controller by its v1 name, as {@code memory} or {@code blkio}
     * @throws IllegalArgumentException if there is no such controller
     */
    Optional<Path> cgroup(ContainerId id, String controller);

    /** Tells all who listen to containers that something happened. Never blocks. */
    void tell(ContainerEvent event);
}
