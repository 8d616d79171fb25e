package org.corral.cgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/**
 * Where containers' cgroups are: below the same path, the root, in each hierarchy that a controller is bound to. Immutable
 * and thread-safe; holds no descriptors.
 *
 * @param linux the kernel
 * @param layout the hierarchies
 * @param root the path that the cgroups are made in, as {@code /corral}; it need not exist
 */
public record CgroupTree(Linux linux, CgroupLayout layout, CgroupPath root) {

    /**
     * Makes a cgroup in every hierarchy, and the root where it is missing. On v2 the controllers are switched on all the
     * way down; a v1 cpuset starts with the CPUs and memory nodes of its parent. If it fails, nothing is left of it.
     *
     * <p>Where this process alone is in a v2 cgroup above the root, it moves itself to a leaf {@code agent} there, for
     * good: see {@link #internalProcesses}.
     *
     * @param owner who makes it, kept as {@code user.corral.owner} where cgroups can have attributes
     * @throws ErrnoException EEXIST if it is there already in some hierarchy, EACCES or EROFS if Corral may not build here
     * @throws InternalProcessesException if other processes are in a v2 cgroup above, which so can give no controllers
     * @throws ThreadedCgroupException if a v2 cgroup above is threaded
     * @throws SubtreeControlException if v2 refuses a controller
     */
    public Cgroup create(String name, String owner) throws IOException {
        CgroupPath path = root.child(name);
        return new Cgroup(linux, layout, path, new CgroupCreation(linux, layout, path).run(owner));
    }

    /**
     * Opens a cgroup that was made before. Where it is missing in some hierarchies, because its creation or removal was
     * cut short, the rest can still be killed and deleted.
     *
     * @return empty if it is in no hierarchy
     */
    public Optional<Cgroup> open(String name) throws ErrnoException {
        return cgroup(root.child(name), openAll(root.child(name)));
    }

    /**
     * Opens a cgroup that Corral made, as {@link #open}; it may be half made and have no {@link Cgroup#owner} yet. A
     * hierarchy where another made it is left out.
     *
     * @return empty if it is in no hierarchy
     * @throws ForeignCgroupException if it is there and Corral made it in none
     */
    public Optional<Cgroup> openOwn(String name) throws IOException {
        CgroupPath path = root.child(name);
        List<CgroupDir> all = openAll(path);
        List<CgroupDir> own = new ArrayList<>();
        try {
            boolean foreign = false;
            for (CgroupDir dir : all) {
                Optional<Boolean> marked = OwnerMark.find(dir);
                if (marked.equals(Optional.of(true))) {
                    own.add(dir);
                }
                foreign |= marked.equals(Optional.of(false));
            }
            if (own.isEmpty() && foreign) {
                throw new ForeignCgroupException(path);
            }
        } catch (IOException e) {
            own.clear();
            throw e;
        } finally {
            all.stream().filter(dir -> !own.contains(dir)).forEach(CgroupDir::close);
        }
        return cgroup(path, own);
    }

    private Optional<Cgroup> cgroup(CgroupPath path, List<CgroupDir> dirs) {
        return dirs.isEmpty() ? Optional.empty() : Optional.of(new Cgroup(linux, layout, path, dirs));
    }

    private List<CgroupDir> openAll(CgroupPath path) throws ErrnoException {
        List<CgroupDir> dirs = new ArrayList<>();
        try {
            for (Hierarchy hierarchy : layout.boundHierarchies()) {
                openIfThere(hierarchy, path).ifPresent(dirs::add);
            }
            return dirs;
        } catch (ErrnoException e) {
            dirs.forEach(CgroupDir::close);
            throw e;
        }
    }

    /**
     * Looks for processes in the v2 cgroups that are to give controllers to the containers. Changes nothing.
     *
     * @return those of the topmost that holds any; with a leaf if that is this process alone, which moves there with the
     *     next {@link #create}; empty if none is in the way
     */
    public Optional<InternalProcesses> internalProcesses() throws IOException {
        Optional<Hierarchy> unified = layout.boundHierarchies().stream()
                .filter(hierarchy -> hierarchy.version() == CgroupVersion.V2)
                .findFirst();
        return unified.isPresent() ? internalProcesses(unified.get()) : Optional.empty();
    }

    private Optional<InternalProcesses> internalProcesses(Hierarchy hierarchy) throws IOException {
        Set<String> wanted = layout.v2Names(hierarchy);
        List<CgroupPath> levels = new ArrayList<>(List.of(CgroupPath.TOP));
        levels.addAll(root.steps());
        for (CgroupPath level : levels) {
            Optional<CgroupDir> opened = openIfThere(hierarchy, level);
            if (opened.isPresent()) {
                try (CgroupDir dir = opened.get()) {
                    Optional<InternalProcesses> found = new LeafRule(linux, dir, wanted, !level.equals(root)).broken();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** {@return the names of the cgroups in the root, in whatever hierarchy; none if there is no root} */
    public SortedSet<String> list() throws ErrnoException {
        SortedSet<String> names = new TreeSet<>();
        for (Hierarchy hierarchy : layout.boundHierarchies()) {
            Optional<CgroupDir> opened = openIfThere(hierarchy, root);
            if (opened.isPresent()) {
                try (CgroupDir dir = opened.get()) {
                    names.addAll(dir.children());
                }
            }
        }
        return names;
    }

    /**
     * Shows somebody the control files that a controller has for each cgroup in the root, whoever made it.
     *
     * @param visitor gets the files, which are closed when it returns; if it finds a cgroup gone, that is left out
     * @throws IOException if they cannot be looked at, or the visitor fails
     */
    public void forEach(Controller controller, FilesVisitor visitor) throws IOException {
        Optional<Hierarchy> hierarchy = layout.hierarchyOf(controller);
        Optional<CgroupDir> opened = hierarchy.isPresent() ? openIfThere(hierarchy.get(), root) : Optional.empty();
        if (opened.isPresent()) {
            try (CgroupDir parent = opened.get()) {
                for (String name : parent.children()) {
                    show(parent, name, visitor);
                }
            }
        }
    }

    private static void show(CgroupDir parent, String name, FilesVisitor visitor) throws IOException {
        try (CgroupDir child = parent.openChild(name)) {
            visitor.visit(child);
        } catch (ErrnoException e) {
            if (e.kind() != FailureKind.GONE) {
                throw e;
            }
        }
    }

    /** Removes the levels of the root, from below, as far as nothing is in them and those above it are ours to remove. */
    public void removeIfEmpty() throws ErrnoException {
        for (Hierarchy hierarchy : layout.boundHierarchies()) {
            List<CgroupPath> levels = new ArrayList<>(root.steps());
            Collections.reverse(levels);
            for (CgroupPath level : levels) {
                removeIfEmpty(hierarchy, level);
            }
        }
    }

    /** A level above the root may be another's, as a cgroup that was delegated: only its owner may remove it. */
    private void removeIfEmpty(Hierarchy hierarchy, CgroupPath level) throws ErrnoException {
        try (CgroupDir parent = CgroupDir.open(linux, hierarchy, level.parent())) {
            parent.removeChild(level.name());
        } catch (ErrnoException e) {
            boolean isAnothers = e.kind() == FailureKind.NOT_ALLOWED && !level.equals(root);
            if (!isAnothers && !e.is(Errno.EBUSY, Errno.ENOTEMPTY) && e.kind() != FailureKind.GONE) {
                throw e;
            }
        }
    }

    private Optional<CgroupDir> openIfThere(Hierarchy hierarchy, CgroupPath path) throws ErrnoException {
        try {
            return Optional.of(CgroupDir.open(linux, hierarchy, path));
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Looks at the control files of one cgroup. */
    @FunctionalInterface
    public interface FilesVisitor {

        /** Looks at them, while they are open. */
        void visit(ControlFiles files) throws IOException;
    }
}
