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
 * Ends a container's cgroup for good: removes it and all below it in every hierarchy; where it is busy, kills, waits until
 * it is empty, and removes again, until the deadline. What is gone already counts as removed.
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
     * Removes the cgroup. Tries that first: the kernel refuses it as long as there are processes.
     *
     * @throws CgroupBusyException if it is not gone by the deadline
     */
    void run(CgroupPath path, Duration time) throws IOException {
        Deadline deadline = Deadline.after(time);
        boolean gone = removeEverywhere();
        while (!gone) {
            killAndWait(deadline);
            gone = removeEverywhere();
            if (!gone) {
                pauseUnlessOver(path, deadline);
            }
        }
    }

    /**
     * Only kills and waits.
     *
     * @throws CgroupBusyException if processes are left at the deadline
     */
    void empty(CgroupPath path, Duration time) throws IOException {
        Deadline deadline = Deadline.after(time);
        while (killAndWait(deadline) && !members.all().isEmpty()) {
            pauseUnlessOver(path, deadline);
        }
    }

    /** {@return whether there was anything to kill} */
    private boolean killAndWait(Deadline deadline) throws IOException {
        boolean any = killer.kill(deadline.remainingAtMost(CgroupKiller.FREEZE_PATIENCE));
        if (any) {
            awaitEmpty(Deadline.after(deadline.remainingAtMost(LONGEST_WAIT)));
        }
        return any;
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

    /** What the path means by now may be a later cgroup, which is not ours to remove. */
    private boolean remove(CgroupDir dir) throws ErrnoException {
        try (CgroupDir parent =
                CgroupDir.open(linux, dir.hierarchy(), dir.path().parent())) {
            return !parent.holds(dir) || removeTree(parent, dir.path().name());
        } catch (ErrnoException e) {
            return isRemovedOtherwise(e);
        }
    }

    /** {@return false if something is busy} */
    private static boolean removeTree(CgroupDir parent, String name) throws ErrnoException {
        return removeAlone(parent, name) || removeWithChildren(parent, name);
    }

    private static boolean removeAlone(CgroupDir parent, String name) throws ErrnoException {
        try {
            parent.removeChild(name);
            return true;
        } catch (ErrnoException e) {
            return isRemovedOtherwise(e);
        }
    }

    private static boolean removeWithChildren(CgroupDir parent, String name) throws ErrnoException {
        try (CgroupDir dir = parent.openChild(name)) {
            List<String> children = dir.children();
            for (String child : children) {
                removeTree(dir, child);
            }
            return !children.isEmpty() && removeAlone(parent, name);
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
