package org.corral.cgroup;

import java.util.List;
import java.util.Optional;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/** Who made a cgroup, kept in an extended attribute of it, where the kernel has those for cgroups (Linux 5.7). */
final class OwnerMark {

    static final String ATTRIBUTE = "user.corral.owner";

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

    /** {@return the first mark on any of the directories} */
    static Optional<String> get(List<CgroupDir> dirs) throws ErrnoException {
        for (CgroupDir dir : dirs) {
            Optional<String> owner = get(dir);
            if (owner.isPresent()) {
                return owner;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> get(CgroupDir dir) throws ErrnoException {
        try {
            return dir.attribute(ATTRIBUTE);
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.UNSUPPORTED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
