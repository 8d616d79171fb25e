package org.corral.testing;

import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.linux.errno.ErrnoException;

/** A mounted hierarchy of a fake kernel. */
public final class FakeHierarchy {

    private final FakeLinux kernel;
    private final Hierarchy described;
    private final FakeCgroup top;
    private boolean namespaced;
    private long filesystem;

    FakeHierarchy(FakeLinux kernel, Hierarchy described, long filesystem) {
        this.kernel = kernel;
        this.filesystem = filesystem;
        this.described = described;
        this.top = described.version() == CgroupVersion.V1
                ? new FakeCgroupV1(this, Optional.empty(), "/")
                : new FakeCgroupV2(this, Optional.empty(), "/");
    }

    /** {@return what a discovery of the layout would find} */
    public Hierarchy described() {
        return described;
    }

    /** Makes the top the root of a cgroup namespace: on v2 it answers as any cgroup, unlike the real root. {@return this} */
    public FakeHierarchy namespaced() {
        namespaced = true;
        top.becomeInner();
        return this;
    }

    /** Mounts another hierarchy in its place, in which there are cgroups of the same paths and inodes. */
    public void mountAnotherOver() {
        filesystem++;
    }

    long filesystem() {
        return filesystem;
    }

    boolean isNamespaced() {
        return namespaced;
    }

    /** {@return the cgroup at a path, as {@code /corral/a}} */
    public Optional<FakeCgroup> find(String path) {
        Optional<FakeCgroup> at = Optional.of(top);
        for (String name : CgroupPath.of(path).elements()) {
            at = at.map(cgroup -> cgroup.children.get(name));
        }
        return at;
    }

    /**
     * {@return the cgroup at a path}
     *
     * @throws AssertionError if there is none
     */
    public FakeCgroup at(String path) {
        return find(path).orElseThrow(() -> new AssertionError("no " + path + " in " + described.mountPoint()));
    }

    /** Makes a cgroup, and those above it, as another process would. {@return it} */
    public FakeCgroup make(String path) {
        FakeCgroup at = top;
        for (String name : CgroupPath.of(path).elements()) {
            at = at.children.containsKey(name) ? at.children.get(name) : make(at, name);
        }
        return at;
    }

    /** Removes a cgroup, as another process would. */
    public void remove(String path) {
        CgroupPath parsed = CgroupPath.of(path);
        try {
            at(parsed.parent().toString()).removeChild(parsed.name());
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes a control file, as another process would. */
    public void write(String path, String file, String value) {
        try {
            at(path).write(file, value);
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    FakeLinux kernel() {
        return kernel;
    }

    FakeCgroup top() {
        return top;
    }

    Set<Controller> controllers() {
        return described.controllers();
    }

    FakeCgroup newCgroup(FakeCgroup parent, String path) {
        return described.version() == CgroupVersion.V1
                ? new FakeCgroupV1(this, Optional.of(parent), path)
                : new FakeCgroupV2(this, Optional.of(parent), path);
    }

    private static FakeCgroup make(FakeCgroup parent, String name) {
        try {
            return parent.makeChild(name);
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }
}
