package org.corral.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.corral.linux.process.PidFd;

/**
 * Sends SIGKILL to all processes of a container, those in cgroups below it too.
 *
 * <p>v2 does it in one write since Linux 5.14. Else they are frozen, so that none can fork away, get the signal by pidfd,
 * and are thawed, in cgroups below too, for on v1 a frozen process does not die. A process that cannot freeze gets the signal all the same.
 */
final class CgroupKiller {

    static final String KILL = "cgroup.kill";
    /** How long a process may take to freeze before the signal is sent anyway. */
    static final Duration FREEZE_PATIENCE = Duration.ofMillis(500);

    private static final int SIGKILL = 9;
    /** Each pass catches what was forked during the one before; a frozen cgroup needs two. */
    private static final int MOST_PASSES = 64;

    private static final int PIDFDS_AT_ONCE = 128;

    private final Linux linux;
    private final Members members;
    private final Optional<CgroupFreezer> freezer;

    CgroupKiller(Linux linux, Members members, Optional<CgroupFreezer> freezer) {
        this.linux = linux;
        this.members = members;
        this.freezer = freezer;
    }

    /**
     * Returns once a look at the cgroup shows none that has not got the signal; they may still be about to end.
     *
     * @param freezing how long to wait at most for them to freeze, before the signal is sent anyway
     * @return whether there were any
     */
    boolean kill(Duration freezing) throws IOException {
        Set<Integer> signalled = new HashSet<>();
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            SortedSet<Integer> pids = members.all();
            if (signalled.containsAll(pids)) {
                break;
            }
            signalled.addAll(kill(pids, freezing));
        }
        return !signalled.isEmpty();
    }

    /** {@return those that got the signal} */
    private SortedSet<Integer> kill(SortedSet<Integer> pids, Duration freezing) throws IOException {
        if (pids.contains(linux.processes().pid())) {
            // Freezing or cgroup.kill would hit this very process.
            return signal(pids);
        }
        return killInOneWrite() ? pids : signalFrozen(pids, freezing);
    }

    /** {@return whether that was all: not if some hierarchy is v1, whose processes need not be in the v2 one} */
    private boolean killInOneWrite() throws ErrnoException {
        boolean all = true;
        for (CgroupDir dir : members.dirs()) {
            all &= dir.version() == CgroupVersion.V2 && killInOneWrite(dir);
        }
        return all;
    }

    private static boolean killInOneWrite(CgroupDir dir) throws ErrnoException {
        try {
            dir.write(KILL, "1");
            return true;
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE || e.kind() == FailureKind.UNSUPPORTED) {
                return false;
            }
            throw e;
        }
    }

    private SortedSet<Integer> signalFrozen(SortedSet<Integer> pids, Duration freezing) throws IOException {
        return canFreeze() ? signalFrozen(freezer.orElseThrow(), pids, freezing) : signal(pids);
    }

    /** Nothing of a cgroup that is gone meanwhile is left to freeze. */
    private boolean canFreeze() throws ErrnoException {
        try {
            return freezer.isPresent() && freezer.get().isSupported();
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE) {
                return false;
            }
            throw e;
        }
    }

    private SortedSet<Integer> signalFrozen(CgroupFreezer freezer, SortedSet<Integer> pids, Duration freezing)
            throws IOException {
        try {
            freezer.freeze(freezing);
            return signal(members.all());
        } catch (FreezeTimeoutException e) {
            return signal(pids);
        } finally {
            freezer.thawAll();
        }
    }

    private SortedSet<Integer> signal(SortedSet<Integer> pids) throws IOException {
        int self = linux.processes().pid();
        List<Integer> targets =
                pids.stream().filter(pid -> pid > 1 && pid != self).toList();
        for (int from = 0; from < targets.size(); from += PIDFDS_AT_ONCE) {
            signalSome(targets.subList(from, Math.min(targets.size(), from + PIDFDS_AT_ONCE)));
        }
        return pids;
    }

    /** A pid that is still listed while its pidfd is held is no stranger's who got the number meanwhile. */
    private void signalSome(List<Integer> pids) throws IOException {
        List<PidFd> held = new ArrayList<>();
        try {
            for (int pid : pids) {
                PidFd.open(linux, pid).ifPresent(held::add);
            }
            SortedSet<Integer> still = members.all();
            for (PidFd process : held) {
                if (still.contains(process.pid())) {
                    process.signal(SIGKILL);
                }
            }
        } finally {
            held.forEach(PidFd::close);
        }
    }
}
