package org.corral.cgroup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.corral.cgroup.controller.CpusetController;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/**
 * Makes one cgroup in all hierarchies, or in none: what it changed is undone, last first, if anything fails. The levels
 * above are made where they are missing and may be made or removed by others at the same time.
 */
final class CgroupCreation {

    /** How often a level may vanish under us before that is an error. */
    private static final int MOST_TRIES = 5;

    private final Linux linux;
    private final CgroupLayout layout;
    private final CgroupPath path;
    private final Deque<CgroupDir> opened = new ArrayDeque<>();
    private final Deque<Undo> undos = new ArrayDeque<>();

    CgroupCreation(Linux linux, CgroupLayout layout, CgroupPath path) {
        this.linux = linux;
        this.layout = layout;
        this.path = path;
    }

    /** {@return the new cgroup's directories, one for each bound hierarchy} */
    List<CgroupDir> run(String owner) throws IOException {
        List<CgroupDir> made = new ArrayList<>();
        try {
            for (Hierarchy hierarchy : layout.boundHierarchies()) {
                CgroupDir dir = makePatiently(hierarchy);
                made.add(dir);
                OwnerMark.set(dir, owner);
            }
        } catch (IOException | RuntimeException e) {
            unwind(0, e);
            closeOpened();
            throw e;
        }
        opened.removeAll(made);
        closeOpened();
        return made;
    }

    private CgroupDir makePatiently(Hierarchy hierarchy) throws IOException {
        int done = undos.size();
        for (int tries = 1; true; tries++) {
            try {
                return make(hierarchy);
            } catch (ErrnoException e) {
                if (e.kind() != FailureKind.GONE || tries == MOST_TRIES) {
                    throw e;
                }
                unwind(done, e);
            }
        }
    }

    private CgroupDir make(Hierarchy hierarchy) throws IOException {
        CgroupDir dir = keep(CgroupDir.openTop(linux, hierarchy));
        for (String name : path.parent().elements()) {
            prepare(dir);
            dir = level(dir, name);
        }
        prepare(dir);
        CgroupDir leaf = exclusive(dir, path.name(), CgroupDir::makeMarkedChild);
        inheritCpuset(dir, leaf);
        requireControllers(leaf);
        return leaf;
    }

    /** Opens a level above the cgroup, or makes it. */
    private CgroupDir level(CgroupDir parent, String name) throws IOException {
        CgroupDir level;
        try {
            level = keep(parent.openChild(name));
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            level = makeUnlessThere(parent, name);
        }
        inheritCpuset(parent, level);
        return level;
    }

    /** The kernel makes a v1 cpuset without CPUs, and then takes no process into it (ENOSPC). */
    private static void inheritCpuset(CgroupDir parent, CgroupDir child) throws IOException {
        if (child.hierarchy().controllers().contains(Controller.CPUSET)) {
            CpusetController.of(child).inheritFrom(parent);
        }
    }

    private CgroupDir makeUnlessThere(CgroupDir parent, String name) throws ErrnoException {
        try {
            return exclusive(parent, name, CgroupDir::makeChild);
        } catch (ErrnoException e) {
            if (e.is(Errno.EEXIST)) {
                return keep(parent.openChild(name));
            }
            throw e;
        }
    }

    private CgroupDir exclusive(CgroupDir parent, String name, Making making) throws ErrnoException {
        CgroupDir child = keep(making.make(parent, name));
        undos.push(() -> parent.removeChild(name));
        return child;
    }

    /** Makes a level ready to have the cgroup below it. */
    private void prepare(CgroupDir dir) throws IOException {
        if (dir.version() == CgroupVersion.V2) {
            Set<String> wanted = layout.v2Names(dir.hierarchy());
            ThreadedCgroupException.refuseBelow(dir);
            new LeafRule(linux, dir, wanted, !dir.path().equals(path.parent())).makeRoom();
            SubtreeControl control = SubtreeControl.of(dir);
            undos.push(control::undo);
            control.enable(wanted);
        }
    }

    /** Another creation that failed may have switched off what it had switched on, just before we counted on it. */
    private void requireControllers(CgroupDir leaf) throws ErrnoException {
        if (leaf.version() == CgroupVersion.V2
                && !SubtreeControl.words(leaf, SubtreeControl.CONTROLLERS)
                        .containsAll(layout.v2Names(leaf.hierarchy()))) {
            throw new ErrnoException("read", Errno.ENODEV, leaf + "/" + SubtreeControl.CONTROLLERS);
        }
    }

    private CgroupDir keep(CgroupDir dir) {
        opened.push(dir);
        return dir;
    }

    private void unwind(int down, Exception cause) {
        while (undos.size() > down) {
            try {
                undos.pop().run();
            } catch (IOException | RuntimeException e) {
                if (!isOthers(e)) {
                    cause.addSuppressed(e);
                }
            }
        }
    }

    /** A level that others use by now stays, one that others removed is gone. */
    private static boolean isOthers(Exception e) {
        return e instanceof ErrnoException failure
                && (failure.is(Errno.EBUSY, Errno.ENOTEMPTY) || failure.kind() == FailureKind.GONE);
    }

    private void closeOpened() {
        opened.forEach(CgroupDir::close);
    }

    /** A way of making a cgroup. */
    private interface Making {
        CgroupDir make(CgroupDir parent, String name) throws ErrnoException;
    }

    /** Takes back one change. */
    private interface Undo {
        void run() throws IOException;
    }
}
