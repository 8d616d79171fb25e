package org.corral.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.Deadline;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.corral.linux.process.ExitWait;
import org.corral.linux.process.PidFd;

/**
 * Ends a container's cgroup for good: kills, waits until it is empty, removes it and all below it in every hierarchy, and
 * does so again until the deadline. What is gone already counts as removed.
 */
final class CgroupRemoval {

    /** Now and then the kill is repeated, for processes that were put in since. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final int PIDFDS_AT_ONCE = 128;

    private final Linux linux;
    private final Members members;
    private final CgroupKiller killer;

    CgroupRemoval(Linux linux, Members members, CgroupKiller killer) {
        this.linux = linux;
        this.members = members;
        this.killer = killer;
    }

    /**
     * Removes the cgroup.
     *
     * @throws CgroupBusyException if it is not gone by the deadline
     */
    void run(CgroupPath path, Duration time) throws IOException {
        Deadline deadline = Deadline.after(time);
        while (true) {
            killAndWait(deadline);
            if (removeEverywhere()) {
                return;
            }
            pauseUnlessOver(path, deadline);
        }
    }

    /**
     * Only kills and waits.
     *
     * @throws CgroupBusyException if processes are left at the deadline
     */
    void empty(CgroupPath path, Duration time) throws IOException {
        Deadline deadline = Deadline.after(time);
        while (true) {
            killAndWait(deadline);
            if (members.all().isEmpty()) {
                return;
            }
            pauseUnlessOver(path, deadline);
        }
    }

    private void killAndWait(Deadline deadline) throws IOException {
        killer.kill(deadline.remainingAtMost(CgroupKiller.FREEZE_PATIENCE));
        awaitEmpty(Deadline.after(deadline.remainingAtMost(LONGEST_WAIT)));
    }

    /** Pauses: a process that has ended may be listed a little longer, and then no event tells of anything. */
    private void pauseUnlessOver(CgroupPath path, Deadline deadline) throws IOException {
        if (deadline.hasPassed()) {
            throw new CgroupBusyException(path.toString(), members.all());
        }
        deadline.pauseInterruptibly();
    }

    private void awaitEmpty(Deadline deadline) throws IOException {
        Optional<CgroupDir> unified = members.dirs().stream()
                .filter(dir -> dir.version() == CgroupVersion.V2)
                .findFirst();
        if (unified.isPresent()) {
            new CgroupEvents(linux, unified.get()).await(CgroupEvents.EMPTY, deadline);
        } else {
            awaitExits(members.all(), deadline.remaining());
        }
    }

    private void awaitExits(SortedSet<Integer> pids, Duration patience) throws ErrnoException {
        List<PidFd> held = new ArrayList<>();
        try {
            for (int pid : pids.tailSet(2).stream().limit(PIDFDS_AT_ONCE).toList()) {
                PidFd.open(linux, pid).ifPresent(held::add);
            }
            try (ExitWait wait = new ExitWait(linux, held)) {
                wait.all(patience);
            }
        } finally {
            held.forEach(PidFd::close);
        }
    }

    /** Tries all hierarchies even if one fails, so that as little as possible stays behind. */
    private boolean removeEverywhere() throws ErrnoException {
        boolean gone = true;
        Optional<ErrnoException> failure = Optional.empty();
        for (CgroupDir dir : members.dirs()) {
            try {
                gone &= remove(dir);
            } catch (ErrnoException e) {
                failure.ifPresent(e::addSuppressed);
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return gone;
    }

    private boolean remove(CgroupDir dir) throws ErrnoException {
        try (CgroupDir parent =
                CgroupDir.open(linux, dir.hierarchy(), dir.path().parent())) {
            return isAnother(parent, dir) || removeTree(parent, dir.path().name());
        } catch (ErrnoException e) {
            return isRemovedOtherwise(e);
        }
    }

    /** {@return whether the path means a later cgroup by now, which is not ours to remove} */
    private static boolean isAnother(CgroupDir parent, CgroupDir dir) throws ErrnoException {
        try (CgroupDir now = parent.openChild(dir.path().name())) {
            return now.inode() != dir.inode();
        }
    }

    /** Removes what is below first. {@return false if something is busy} */
    private static boolean removeTree(CgroupDir parent, String name) throws ErrnoException {
        try (CgroupDir dir = parent.openChild(name)) {
            for (String child : dir.children()) {
                removeTree(dir, child);
            }
            parent.removeChild(name);
            return true;
        } catch (ErrnoException e) {
            return isRemovedOtherwise(e);
        }
    }

    /** {@return true if it was gone already, false if it is busy} */
    private static boolean isRemovedOtherwise(ErrnoException e) throws ErrnoException {
        if (e.kind() == FailureKind.GONE) {
            return true;
        }
        if (e.is(Errno.EBUSY, Errno.ENOTEMPTY)) {
            return false;
        }
        throw e;
    }
}
