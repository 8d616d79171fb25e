package org.corral.cgroup;

import static org.corral.linux.raw.Constants.CGROUP2_SUPER_MAGIC;
import static org.corral.linux.raw.Constants.CGROUP_SUPER_MAGIC;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_NOFOLLOW;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.RESOLVE_BENEATH;
import static org.corral.linux.raw.Constants.RESOLVE_NO_MAGICLINKS;
import static org.corral.linux.raw.Constants.RESOLVE_NO_SYMLINKS;
import static org.corral.linux.raw.Constants.RESOLVE_NO_XDEV;

import java.nio.file.Path;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.Fd;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileCalls;

/**
 * Opens what is in a cgroup directory and proves that it is a cgroup's, so that no link or mount put in its place can
 * catch a write. Never makes or empties a file.
 *
 * <p>By openat2(2), or by openat(2) without following links where that is missing (ENOSYS before Linux 5.6) or a seccomp
 * filter denies it (EPERM), and then with a look at the file system of what was opened. Thread-safe.
 */
record Beneath(FileCalls files, CgroupVersion version) {

    private static final int INSIDE = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;

    /** Opens a cgroup's directory, step by step from where its hierarchy is mounted. */
    Fd walk(Path mountPoint, CgroupPath cgroup) throws ErrnoException {
        String path = mountPoint.toString();
        Fd at = mountPoint(path);
        for (String name : cgroup.elements()) {
            path = path + "/" + name;
            try (Fd parent = at) {
                at = directory(parent, name, path);
            }
        }
        return at;
    }

    private Fd mountPoint(String path) throws ErrnoException {
        return proved(new Fd(files, files.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0), path));
    }

    /** Opens a directory. It may be a mount point, as containers have them, if what is mounted is of this version. */
    Fd directory(Fd parent, String name, String path) throws ErrnoException {
        int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
        Optional<Fd> beneath = openAt2(parent, name, flags, INSIDE, path);
        return proved(beneath.isPresent() ? beneath.get() : openAt(parent, name, flags, path));
    }

    /**
     * Opens a file, which must not be a mount point: a file of another cgroup could be bound over it. What openat2 opened is
     * on the mount of the directory, of which there is proof.
     */
    Fd file(Fd parent, String name, int access, String path) throws ErrnoException {
        int flags = access | O_NOFOLLOW;
        Optional<Fd> beneath = openAt2(parent, name, flags, INSIDE | RESOLVE_NO_XDEV, path);
        return beneath.isPresent() ? beneath.get() : proved(openAt(parent, name, flags, path));
    }

    /** {@return what was opened, empty if this kernel or a filter has no such call} */
    private Optional<Fd> openAt2(Fd parent, String name, int flags, int resolve, String path) throws ErrnoException {
        try {
            return Optional.of(new Fd(files, files.openAt2(parent.number(), name, flags, resolve), path));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOSYS, Errno.EPERM)) {
                return Optional.empty();
            }
            throw e.about(path);
        }
    }

    private Fd openAt(Fd parent, String name, int flags, String path) throws ErrnoException {
        return new Fd(files, Told.of(path, () -> files.openAt(parent.number(), name, flags, 0)), path);
    }

    /** Refuses what is on another file system, with EXDEV as openat2 does. */
    private Fd proved(Fd opened) throws ErrnoException {
        try {
            long found = Told.of(opened.toString(), () -> files.filesystemMagic(opened.number()));
            if (found != magic()) {
                throw new ErrnoException("fstatfs", Errno.EXDEV, opened + explained(found));
            }
            return opened;
        } catch (ErrnoException e) {
            opened.close();
            throw e;
        }
    }

    private long magic() {
        return version == CgroupVersion.V1 ? CGROUP_SUPER_MAGIC : CGROUP2_SUPER_MAGIC;
    }

    private String explained(long found) {
        return String.format(", on a file system of type %#x where cgroup %s has %#x", found, version, magic());
    }
}
