package org.corral.cgroup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rule of v2 that a cgroup which gives controllers to its children holds no processes itself: these belong in leaves.
 * The real root alone is free of it, but not the root of a cgroup namespace. See admin-guide/cgroup-v2.rst, "No Internal
 * Process Constraint".
 *
 * @param linux the kernel
 * @param dir the cgroup that is to give controllers
 * @param wanted their v2 names
 * @param isAboveRoot whether a leaf for this process would not be among the containers
 */
record LeafRule(Linux linux, CgroupDir dir, Set<String> wanted, boolean isAboveRoot) {

    /** The leaf of this process: it is beside the root of the containers, not in it. */
    static final String AGENT = "agent";

    private static final Logger LOG = LoggerFactory.getLogger(LeafRule.class);

    /** What the real root does not have, on any kernel with v2. */
    private static final String EVENTS = "cgroup.events";

    /** Who writes this to {@code cgroup.procs} means itself. */
    private static final String MYSELF = "0";

    /** {@return the processes that keep the cgroup from giving the controllers; empty if none does} */
    Optional<InternalProcesses> broken() throws IOException {
        if (SubtreeControl.isOn(dir, wanted) || dir.find(EVENTS).isEmpty()) {
            return Optional.empty();
        }
        SortedSet<Integer> pids = new Members(List.of(dir)).direct();
        return pids.isEmpty() ? Optional.empty() : Optional.of(describe(pids));
    }

    private InternalProcesses describe(SortedSet<Integer> pids) throws IOException {
        boolean alone = pids.equals(Set.of(linux.processes().pid()));
        Optional<String> leaf = alone && isAboveRoot ? Optional.of(dir + "/" + AGENT) : Optional.empty();
        return InternalProcesses.of(linux, dir.toString(), pids, leaf);
    }

    /**
     * Moves this process, with all its threads, to a leaf if it is the only one there.
     *
     * @throws InternalProcessesException if others are there too, or come meanwhile
     */
    void makeRoom() throws IOException {
        Optional<InternalProcesses> found = broken();
        if (found.isPresent() && found.get().leaf().isPresent()) {
            moveThisProcess();
            LOG.info("this process moved to {}/{}, for its containers to get controllers", dir, AGENT);
            found = broken();
        }
        if (found.isPresent()) {
            throw new InternalProcessesException(found.get());
        }
    }

    private void moveThisProcess() throws ErrnoException {
        boolean made = makeLeaf();
        try (CgroupDir leaf = dir.openChild(AGENT)) {
            leaf.write(Members.PROCS, MYSELF);
        } catch (ErrnoException e) {
            if (made) {
                removeLeaf(e);
            }
            throw e;
        }
    }

    /** {@return false if there was one: of this agent before, or of another one} */
    private boolean makeLeaf() throws ErrnoException {
        try {
            dir.makeChild(AGENT).close();
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EEXIST)) {
                return false;
            }
            throw e;
        }
    }

    private void removeLeaf(ErrnoException failure) {
        try {
            dir.removeChild(AGENT);
        } catch (ErrnoException e) {
            failure.addSuppressed(e);
        }
    }
}
