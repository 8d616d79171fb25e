package org.corral.cgroup;

import static org.corral.linux.raw.Constants.O_RDONLY;

import java.util.List;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.Identity;

/**
 * Hands a v2 cgroup to a user, who may then make others in it, move processes between them, and give them controllers:
 * admin-guide/cgroup-v2.rst, section Delegation. The limits of the cgroup itself stay with whoever made it, and so do those
 * files of {@code /sys/kernel/cgroup/delegate} that are about them, as {@code memory.oom.group}.
 *
 * <p>The owner of a directory may take away its sticky bit and its attributes, and with these the mark that tells that Corral
 * made it. So it gets one first that such an owner cannot change. And as a host has no more than 65,535 cgroups with memory,
 * it gets a most of them.
 */
record Handover(Linux linux, CgroupDir dir) {

    private static final List<String> FILES = List.of(Members.PROCS, "cgroup.threads", SubtreeControl.SUBTREE_CONTROL);

    /** Each level costs a descriptor, for a moment, when the cgroup is killed and removed. */
    private static final int MOST_LEVELS = 32;

    /**
     * Does it. What failed in the middle has given away some files of a cgroup that is to be removed then.
     *
     * @throws ErrnoException EPERM without CAP_SYS_ADMIN or CAP_CHOWN
     */
    void to(Identity user, int mostBelow) throws ErrnoException {
        OwnerMark.setHeld(dir);
        dir.write("cgroup.max.depth", String.valueOf(MOST_LEVELS));
        dir.write("cgroup.max.descendants", String.valueOf(mostBelow));
        for (String file : FILES) {
            give(file, user);
        }
        dir.giveTo(user);
    }

    private void give(String file, Identity user) throws ErrnoException {
        try (Fd opened = dir.open(file, O_RDONLY)) {
            linux.files().changeOwner(opened.number(), user.uid(), user.gid());
        } catch (ErrnoException e) {
            throw e.about(dir + "/" + file + ", " + user);
        }
    }
}
