package org.corral.cgroup;

import java.io.IOException;
import java.time.Duration;
import org.corral.cgroup.controller.FreezerController;
import org.corral.cgroup.controller.FreezerState;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.Deadline;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/**
 * Stops and continues all processes of one cgroup and of those below it. Leaves it thawed whenever freezing fails. See
 * admin-guide/cgroup-v1/freezer-subsystem.rst and admin-guide/cgroup-v2.rst.
 */
final class CgroupFreezer {

    private final Linux linux;
    private final CgroupDir dir;
    private final FreezerController controller;

    CgroupFreezer(Linux linux, CgroupDir dir) {
        this.linux = linux;
        this.dir = dir;
        this.controller = FreezerController.of(dir);
    }

    /** {@return whether this kernel can: v2 has it since Linux 5.2} */
    boolean isSupported() throws ErrnoException {
        return controller.isSupported();
    }

    /**
     * Stops all processes.
     *
     * @throws FreezeTimeoutException if some still run after that time
     */
    void freeze(Duration patience) throws IOException {
        boolean frozen = false;
        try {
            frozen = isFrozenWithin(Deadline.after(patience));
        } finally {
            if (!frozen) {
                thaw();
            }
        }
        if (!frozen) {
            throw new FreezeTimeoutException(dir.toString(), patience);
        }
    }

    /** Lets all processes run; does nothing to a cgroup that is gone. */
    void thaw() throws ErrnoException {
        try {
            controller.thaw();
        } catch (ErrnoException e) {
            if (e.kind() != FailureKind.GONE) {
                throw e;
            }
        }
    }

    /** Lets all processes run, those too that were frozen in cgroups below by others. */
    void thawAll() throws ErrnoException {
        thaw();
        for (String name : dir.children()) {
            try (CgroupDir child = dir.openChild(name)) {
                new CgroupFreezer(linux, child).thawAll();
            } catch (ErrnoException e) {
                if (e.kind() != FailureKind.GONE) {
                    throw e;
                }
            }
        }
    }

    private boolean isFrozenWithin(Deadline deadline) throws IOException {
        if (dir.version() == CgroupVersion.V2) {
            controller.freeze();
            return new CgroupEvents(linux, dir).await(CgroupEvents.FROZEN, deadline);
        }
        while (!isFrozenAfterWrite()) {
            if (deadline.hasPassed()) {
                return false;
            }
            deadline.pauseInterruptibly();
        }
        return true;
    }

    /** On v1 the state is worked out when it is read, and one write may miss a process that was just then born. */
    private boolean isFrozenAfterWrite() throws IOException {
        controller.freeze();
        return controller.state() == FreezerState.FROZEN;
    }
}
