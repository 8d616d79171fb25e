package org.corral.containerizer.cgroups;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.ForeignCgroupException;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.cgroup.limit.LimitWriter;
import org.corral.core.ContainerId;
import org.corral.core.NestedContainerException;
import org.corral.core.UnknownContainerException;

/**
 * The open cgroups of an agent's containers: one handle each, for the launcher and all isolators. Thread-safe for
 * different containers.
 */
public final class ContainerCgroups {

    private final CgroupTree tree;
    private final String owner;
    private final ConcurrentMap<ContainerId, Cgroup> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<ContainerId, LimitWriter> limits = new ConcurrentHashMap<>();

    /**
     * Holds no cgroup yet.
     *
     * @param owner the mark that the cgroups get, to tell ours from others
     */
    public ContainerCgroups(CgroupTree tree, String owner) {
        this.tree = tree;
        this.owner = owner;
    }

    /**
     * Makes a container's cgroup in every hierarchy.
     *
     * @throws NestedContainerException for a nested one
     * @throws IOException if there is one already, or it could not be made; nothing is left then
     */
    public Cgroup create(ContainerId id) throws IOException {
        Cgroup made = tree.create(nameOf(id), owner);
        open.put(id, made);
        return made;
    }

    /**
     * Takes over a cgroup of an earlier agent.
     *
     * @return empty if it is gone
     * @throws NestedContainerException for a nested one
     * @throws ForeignCgroupException if it is there and not ours: it is not touched
     */
    public Optional<Cgroup> adopt(ContainerId id) throws IOException {
        Optional<Cgroup> known = find(id);
        if (known.isPresent()) {
            return known;
        }
        Optional<Cgroup> found = tree.openOwn(nameOf(id));
        found.ifPresent(cgroup -> open.put(id, cgroup));
        return found;
    }

    /** {@return the containers whose cgroups are on the host and ours, open or not} */
    public Set<ContainerId> findAll() throws IOException {
        Set<ContainerId> found = new HashSet<>();
        for (String name : tree.list()) {
            if (isOurs(name)) {
                found.add(ContainerId.of(name));
            }
        }
        return found;
    }

    private boolean isOurs(String name) throws IOException {
        try {
            Optional<Cgroup> cgroup = tree.openOwn(name);
            cgroup.ifPresent(Cgroup::close);
            return cgroup.isPresent();
        } catch (ForeignCgroupException e) {
            return false;
        }
    }

    /** The last part of a nested id alone would be another container's name. */
    private static String nameOf(ContainerId id) throws NestedContainerException {
        if (id.parent().isPresent()) {
            throw new NestedContainerException(id);
        }
        return id.value();
    }

    /** {@return a container's cgroup, empty if it has none} */
    public Optional<Cgroup> find(ContainerId id) {
        return Optional.ofNullable(open.get(id));
    }

    /**
     * {@return a container's cgroup}
     *
     * @throws UnknownContainerException if it has none
     */
    public Cgroup get(ContainerId id) throws UnknownContainerException {
        return find(id).orElseThrow(() -> new UnknownContainerException(id));
    }

    /**
     * {@return what writes a container's limits, with what it keeps open for the next time; it stays this object's}
     *
     * @throws UnknownContainerException if it has no cgroup
     */
    public LimitWriter limits(ContainerId id) throws UnknownContainerException {
        Cgroup cgroup = get(id);
        return limits.computeIfAbsent(id, any -> new LimitWriter(tree.linux(), cgroup));
    }

    /**
     * {@return the same for one time, as most containers are limited once; the caller closes it}
     *
     * @throws UnknownContainerException if it has no cgroup
     */
    public LimitWriter firstLimits(ContainerId id) throws UnknownContainerException {
        return new LimitWriter(tree.linux(), get(id));
    }

    /** {@return the version that a controller is bound to, empty if it is bound to none} */
    public Optional<CgroupVersion> version(Controller controller) {
        return tree.layout().hierarchyOf(controller).map(Hierarchy::version);
    }

    /**
     * Shows somebody the control files of each cgroup in the root, of whatever agent.
     *
     * @throws IOException as {@link CgroupTree#forEach}
     */
    public void forEach(Controller controller, CgroupTree.FilesVisitor visitor) throws IOException {
        tree.forEach(controller, visitor);
    }

    /**
     * Removes a container's cgroup, if it has one, and the agent's root, if nothing is in it.
     *
     * @throws IOException if it is in use after that time; may be called again
     */
    public void delete(ContainerId id, Duration deadline) throws IOException {
        Optional<Cgroup> cgroup = find(id);
        if (cgroup.isPresent()) {
            cgroup.get().delete(deadline);
            close(id);
        }
        if (open.isEmpty()) { // else something is in it
            tree.removeIfEmpty();
        }
    }

    /** Lets go of a container's cgroup, which stays as it is; does nothing if it has none. */
    public void close(ContainerId id) {
        LimitWriter writer = limits.remove(id);
        if (writer != null) {
            writer.close();
        }
        Cgroup cgroup = open.remove(id);
        if (cgroup != null) {
            cgroup.close();
        }
    }
}
