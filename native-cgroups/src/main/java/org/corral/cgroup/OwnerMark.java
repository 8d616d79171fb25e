package org.corral.cgroup;

import java.util.List;
import java.util.Optional;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/**
 * What tells the cgroups of containers from those of others. Who made one is kept in an extended attribute, where the kernel
 * has those for cgroups (Linux 5.7). That is set after the cgroup was made, and an agent may be killed in between: so
 * containers' cgroups are made with the sticky bit, which means nothing for a cgroup and which nobody else gives one.
 *
 * <p>Who owns the directory can remove both. One that is given away gets a third, which CAP_SYS_ADMIN alone can see and set:
 * xattr(7), trusted extended attributes.
 */
final class OwnerMark {

    static final String ATTRIBUTE = "user.corral.owner";
    static final String HELD_ATTRIBUTE = "trusted.corral.owner";

    private OwnerMark() {}

    static void set(CgroupDir dir, String owner) throws ErrnoException {
        try {
            dir.setAttribute(ATTRIBUTE, owner);
        } catch (ErrnoException e) {
            if (e.kind() != FailureKind.UNSUPPORTED) {
                throw e;
            }
        }
    }

    /** Adds the mark that the owner of the directory cannot remove. */
    static void setHeld(CgroupDir dir) throws ErrnoException {
        dir.setAttribute(HELD_ATTRIBUTE, get(dir, ATTRIBUTE).orElse(""));
    }

    /** {@return whether Corral made it, be it only half; empty if it is gone} */
    static Optional<Boolean> find(CgroupDir dir) throws ErrnoException {
        try {
            return Optional.of(get(dir, ATTRIBUTE).isPresent()
                    || dir.isMarked()
                    || get(dir, HELD_ATTRIBUTE).isPresent());
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** {@return the first mark on any of the directories} */
    static Optional<String> get(List<CgroupDir> dirs) throws ErrnoException {
        for (CgroupDir dir : dirs) {
            Optional<String> owner = get(dir, ATTRIBUTE);
            if (owner.isPresent()) {
                return owner;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> get(CgroupDir dir, String name) throws ErrnoException {
        try {
            return dir.attribute(name);
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.UNSUPPORTED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
