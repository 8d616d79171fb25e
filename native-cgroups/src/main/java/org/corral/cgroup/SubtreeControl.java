package org.corral.cgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/**
 * The controllers that one v2 cgroup gives its children. Each is switched on by a write of its own, so that one the kernel
 * refuses does not take the others with it. Remembers what it changed, to undo it. See admin-guide/cgroup-v2.rst,
 * "Controlling Controllers".
 */
final class SubtreeControl {

    static final String CONTROLLERS = "cgroup.controllers";
    static final String SUBTREE_CONTROL = "cgroup.subtree_control";

    private final CgroupDir dir;
    private final List<String> enabled = new ArrayList<>();
    private final Set<String> childrenBefore;

    private SubtreeControl(CgroupDir dir, Set<String> childrenBefore) {
        this.dir = dir;
        this.childrenBefore = childrenBefore;
    }

    /** Looks at a cgroup, changing nothing yet. */
    static SubtreeControl of(CgroupDir dir) throws ErrnoException {
        return new SubtreeControl(dir, new HashSet<>(dir.children()));
    }

    /** {@return the words in a file of controllers' names} */
    static Set<String> words(CgroupDir dir, String file) throws ErrnoException {
        return new HashSet<>(Arrays.asList(dir.read(file).split(" ")));
    }

    /**
     * Switches controllers on.
     *
     * @param wanted their v2 names
     * @throws SubtreeControlException if any is not on afterwards
     */
    void enable(Collection<String> wanted) throws IOException {
        Map<String, String> refused = new TreeMap<>();
        Set<String> on = words(dir, SUBTREE_CONTROL);
        Set<String> available = words(dir, CONTROLLERS);
        for (String controller : wanted) {
            if (!on.contains(controller)) {
                enable(controller, available, refused);
            }
        }
        if (!refused.isEmpty()) {
            throw new SubtreeControlException(dir.toString(), refused);
        }
    }

    /** {@return whether all of these are on} */
    static boolean isOn(CgroupDir dir, Collection<String> controllers) throws ErrnoException {
        return words(dir, SUBTREE_CONTROL).containsAll(controllers);
    }

    /** Switches off what {@link #enable} switched on, unless a child made since may count on it. */
    void undo() throws ErrnoException {
        if (childrenBefore.containsAll(dir.children())) {
            for (String controller : enabled) {
                dir.write(SUBTREE_CONTROL, "-" + controller);
            }
        }
    }

    private void enable(String controller, Set<String> available, Map<String, String> refused) throws ErrnoException {
        if (!available.contains(controller)) {
            refused.put(controller, "its own parent does not give it that controller (" + CONTROLLERS + ")");
            return;
        }
        try {
            dir.write(SUBTREE_CONTROL, "+" + controller);
            enabled.add(controller);
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE) {
                throw e;
            }
            if (isOn(dir, Set.of(controller))) {
                enabled.add(controller); // what counts is what the kernel made of it
            } else {
                refused.put(controller, explained(e));
            }
        }
    }

    private String explained(ErrnoException e) {
        if (e.is(Errno.EBUSY)) {
            return e.errno() + ": it holds processes itself, and v2 allows either those or controllers for children;"
                    + " move them to a cgroup below it";
        }
        if (e.is(Errno.EOPNOTSUPP)) {
            return e.errno() + ": it is threaded or below a threaded cgroup";
        }
        return e.errno().toString();
    }
}
