package org.corral.cgroup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/** The processes of one container: in any of its hierarchies, whatever they are in the others. Thread-safe. */
record Members(List<CgroupDir> dirs) {

    static final String PROCS = "cgroup.procs";

    /** {@return the pids in the cgroup itself, ascending; 0 stands for processes of another pid namespace} */
    SortedSet<Integer> direct() throws ErrnoException {
        SortedSet<Integer> pids = new TreeSet<>();
        for (CgroupDir dir : dirs) {
            addDirect(dir, pids);
        }
        return pids;
    }

    /** {@return the pids in the cgroup and in all below it, which the processes may have made themselves} */
    SortedSet<Integer> all() throws ErrnoException {
        SortedSet<Integer> pids = new TreeSet<>();
        for (CgroupDir dir : dirs) {
            addAll(dir, pids);
        }
        return pids;
    }

    private static void addAll(CgroupDir dir, Set<Integer> pids) throws ErrnoException {
        addDirect(dir, pids);
        for (String name : dir.children()) {
            try (CgroupDir child = dir.openChild(name)) {
                addAll(child, pids);
            } catch (ErrnoException e) {
                if (e.kind() != FailureKind.GONE) {
                    throw e;
                }
            }
        }
    }

    private static void addDirect(CgroupDir dir, Set<Integer> pids) throws ErrnoException {
        listed(dir).stream().flatMap(String::lines).map(Integer::valueOf).forEach(pids::add);
    }

    /**
     * A threaded v2 cgroup answers EOPNOTSUPP: its processes are listed above it. One that is removed between opening and
     * reading answers ENODEV: it has none.
     */
    private static Optional<String> listed(CgroupDir dir) throws ErrnoException {
        try {
            return dir.find(PROCS);
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
