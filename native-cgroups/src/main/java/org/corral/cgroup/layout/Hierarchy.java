package org.corral.cgroup.layout;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A mounted cgroup hierarchy. Immutable.
 *
 * @param version the interface it has
 * @param mountPoint where it is mounted, absolute
 * @param ownPath the cgroup of this process in it, as seen from the mount point: {@code /} or {@code /user.slice/…};
 *     {@code /} too if the process is outside of what is mounted here
 * @param controllers what it carries; on v2 what its root offers to children
 * @param writable whether it is mounted read-write; says nothing of who may write
 * @param name the name of a v1 hierarchy without controllers, as {@code systemd}; empty for others
 */
public record Hierarchy(
        CgroupVersion version,
        Path mountPoint,
        String ownPath,
        Set<Controller> controllers,
        boolean writable,
        String name) {

    /** Copies the controllers. */
    public Hierarchy {
        controllers = Set.copyOf(controllers);
    }

    /** {@return what {@code /proc/<pid>/cgroup} names a v1 hierarchy by: its controllers, or {@code name=…}} */
    public Set<String> labels() {
        return name.isEmpty()
                ? controllers.stream().map(Controller::v1Name).collect(Collectors.toSet())
                : Set.of("name=" + name);
    }
}
