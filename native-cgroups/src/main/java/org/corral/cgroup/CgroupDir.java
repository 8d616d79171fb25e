package org.corral.cgroup;

import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_WRONLY;
import static org.corral.linux.raw.Constants.S_ISVTX;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.InotifyLimitException;

/**
 * One cgroup in one hierarchy, held by one descriptor of its directory. What is opened through it is in this very cgroup,
 * even when the path has come to mean another; links are never followed, other file systems refused with EXDEV.
 *
 * <p>A cgroup that has been removed answers ENOENT. Thread-safe like {@link Fd}.
 */
public final class CgroupDir implements ControlFiles, AutoCloseable {

    private static final int MODE = 0755;
    private static final int MARKED_MODE = S_ISVTX | MODE;
    private static final int FIRST_READ = 4096;

    /** Its own name and ".": each cgroup below adds its "..". A file system that counts none has another number. */
    private static final int LINKS_WITHOUT_CHILDREN = 2;

    private final Linux linux;
    private final Hierarchy hierarchy;
    private final CgroupPath path;
    private final Beneath beneath;
    private final Fd fd;

    private CgroupDir(Linux linux, Hierarchy hierarchy, CgroupPath path, Beneath beneath, Fd fd) {
        this.linux = linux;
        this.hierarchy = hierarchy;
        this.path = path;
        this.beneath = beneath;
        this.fd = fd;
    }

    /**
     * Opens the cgroup that a hierarchy is mounted on.
     *
     * @throws ErrnoException EXDEV if that is no cgroup file system of the hierarchy's version, ENOENT, EACCES, EMFILE
     */
    public static CgroupDir openTop(Linux linux, Hierarchy hierarchy) throws ErrnoException {
        Beneath beneath = new Beneath(linux.files(), hierarchy.version());
        Fd fd = beneath.mountPoint(hierarchy.mountPoint().toString());
        return new CgroupDir(linux, hierarchy, CgroupPath.TOP, beneath, fd);
    }

    /**
     * Opens a cgroup of a hierarchy.
     *
     * @throws ErrnoException ENOENT if it is not there, EXDEV, ELOOP, EACCES, EMFILE
     */
    public static CgroupDir open(Linux linux, Hierarchy hierarchy, CgroupPath path) throws ErrnoException {
        CgroupDir dir = openTop(linux, hierarchy);
        for (String name : path.elements()) {
            try (CgroupDir parent = dir) {
                dir = parent.openChild(name);
            }
        }
        return dir;
    }

    /** {@return the hierarchy it is in} */
    public Hierarchy hierarchy() {
        return hierarchy;
    }

    /** {@return its path below the hierarchy's mount point, when it was opened} */
    public CgroupPath path() {
        return path;
    }

    @Override
    public CgroupVersion version() {
        return hierarchy.version();
    }

    /** {@return its inode number, which tells it from a later one of the same path} */
    public long inode() throws ErrnoException {
        return Told.of(toString(), () -> linux.files().status(fd.number())).inode();
    }

    /** {@return whether it was made by {@link #makeMarkedChild}} */
    boolean isMarked() throws ErrnoException {
        int mode = Told.of(toString(), () -> linux.files().status(fd.number())).mode();
        return (mode & S_ISVTX) != 0;
    }

    @Override
    public String read(String file) throws ErrnoException {
        try (Fd opened = open(file, O_RDONLY)) {
            String text = Told.of(location(file), () -> readAll(opened));
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        }
    }

    /** Reads to the end, for a file may be longer than any one read gives. */
    private String readAll(Fd opened) throws ErrnoException {
        byte[] buffer = new byte[FIRST_READ];
        int length = 0;
        int count;
        while ((count = linux.files().read(opened.number(), buffer, length)) > 0) {
            length += count;
            buffer = length < buffer.length ? buffer : Arrays.copyOf(buffer, 2 * length);
        }
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the value holds a newline, which the kernel may take for a second value; a
     *     newline alone is an empty value
     */
    @Override
    public void write(String file, String value) throws ErrnoException {
        if (value.indexOf('\n') >= 0 && !value.equals("\n")) {
            throw new IllegalArgumentException("a newline in the value \"" + value + "\" for " + location(file));
        }
        try (Fd opened = open(file, O_WRONLY)) {
            writeOnce(opened, location(file), value.getBytes(StandardCharsets.UTF_8));
        } catch (ErrnoException e) {
            throw e.about(e.subject() + ", \"" + value + "\"");
        }
    }

    private void writeOnce(Fd opened, String location, byte[] data) throws ErrnoException {
        int written = Told.of(location, () -> linux.files().write(opened.number(), data));
        if (written != data.length) {
            throw new ErrnoException("write", Errno.EIO, location + ", which took " + written + " bytes alone");
        }
    }

    /**
     * Makes a cgroup below.
     *
     * @throws ErrnoException EEXIST if there is one of that name, ENOENT if this one is gone, EACCES, EROFS
     */
    public CgroupDir makeChild(String name) throws ErrnoException {
        return makeChild(name, MODE);
    }

    /** The same with a mark that it has from its first moment on: see {@link OwnerMark}. */
    CgroupDir makeMarkedChild(String name) throws ErrnoException {
        return makeChild(name, MARKED_MODE);
    }

    private CgroupDir makeChild(String name, int mode) throws ErrnoException {
        CgroupPath.requireName(name);
        Told.doing(location(name), () -> linux.files().makeDirectoryAt(fd.number(), name, mode));
        try {
            return openChild(name);
        } catch (ErrnoException e) {
            removeUnlessGone(name, e);
            throw e;
        }
    }

    /** Gone, it was removed by another agent, and what bears its name by now is that one's. The first failure is told. */
    private void removeUnlessGone(String name, ErrnoException failure) {
        if (failure.kind() != FailureKind.GONE) {
            try {
                removeChild(name);
            } catch (ErrnoException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * Opens a cgroup below.
     *
     * @throws ErrnoException ENOENT if there is none, EXDEV, ELOOP, EACCES, EMFILE
     */
    public CgroupDir openChild(String name) throws ErrnoException {
        CgroupPath child = path.child(name);
        return new CgroupDir(linux, hierarchy, child, beneath, beneath.directory(fd, name, location(name)));
    }

    @Override
    public List<String> names() throws ErrnoException {
        return Told.of(toString(), () -> linux.files().regularFiles(fd.number())).stream()
                .sorted()
                .toList();
    }

    /** {@return the names of the cgroups right below, sorted; none if this one is gone} */
    public List<String> children() throws ErrnoException {
        try {
            if (linux.files().status(fd.number()).links() == LINKS_WITHOUT_CHILDREN) {
                return List.of();
            }
            return linux.files().directories(fd.number()).stream().sorted().toList();
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return List.of();
            }
            throw e.about(toString());
        }
    }

    /**
     * {@return whether a cgroup right below is that one, and not a later one of its name}
     *
     * @throws ErrnoException ENOENT if there is none of its name
     */
    boolean holds(CgroupDir child) throws ErrnoException {
        String name = child.path.name();
        return Told.of(location(name), () -> linux.files().statusAt(fd.number(), name))
                        .inode()
                == child.inode();
    }

    /**
     * Removes a cgroup below.
     *
     * @throws ErrnoException EBUSY if it holds processes or cgroups, ENOENT if there is none
     */
    public void removeChild(String name) throws ErrnoException {
        CgroupPath.requireName(name);
        Told.doing(location(name), () -> linux.files().removeDirectoryAt(fd.number(), name));
    }

    /**
     * {@return an extended attribute, empty if it has none of that name}
     *
     * @param name with its class, as {@code user.corral.owner}
     * @throws ErrnoException EOPNOTSUPP where cgroups cannot have them (before Linux 5.7)
     */
    public Optional<String> attribute(String name) throws ErrnoException {
        return Told.of(this + ", " + name, () -> linux.files().attribute(fd.number(), name))
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /**
     * Sets an extended attribute.
     *
     * @throws ErrnoException EOPNOTSUPP where cgroups cannot have them (before Linux 5.7), ENOSPC for too many
     */
    public void setAttribute(String name, String value) throws ErrnoException {
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        Told.doing(this + ", " + name + "=" + value, () -> linux.files().setAttribute(fd.number(), name, data));
    }

    /**
     * Watches a file for changes: on v2 {@code memory.events}, {@code cgroup.events} and their like; on v1 none tells.
     * Cancel the watch when the cgroup is removed. The file is opened for a moment, so that this very cgroup's is watched.
     *
     * @param changed as {@link FileChanges#watch} has it
     * @throws InotifyLimitException if that is one watch too many
     * @throws ErrnoException ENOENT if this kernel has no such file or the cgroup is gone, EMFILE
     */
    public FileChanges.Watch watch(FileChanges changes, String file, Runnable changed) throws IOException {
        try (Fd opened = open(file, O_RDONLY)) {
            return changes.watch(linux.path("/proc/self/fd/" + opened.number()), location(file), changed);
        }
    }

    /** {@return the number of its descriptor, which stays this object's: to be used before {@link #close} alone} */
    public int descriptor() {
        return fd.number();
    }

    /**
     * Opens a control file, to be kept and polled, or to be read or written by whoever knows better how. It is a file of this
     * very cgroup for as long as it is open, and answers ENODEV once that is removed.
     *
     * @param file its name, as the kernel has it
     * @param access {@code O_RDONLY}, {@code O_WRONLY} or {@code O_RDWR}
     * @return the caller's, who closes it
     * @throws IllegalArgumentException for a name that is no file's right here, as one with a slash
     * @throws ErrnoException ENOENT if this kernel has no such file or the cgroup is gone, EACCES, EMFILE; EXDEV or ELOOP if
     *     something else was put in its place
     */
    public Fd open(String file, int access) throws ErrnoException {
        return beneath.file(fd, CgroupPath.requireName(file), access, location(file));
    }

    /** Lets go of it. The cgroup stays. */
    @Override
    public void close() {
        fd.close();
    }

    /** {@return where it is, mount point and all} */
    @Override
    public String toString() {
        return path.elements().isEmpty() ? hierarchy.mountPoint().toString() : hierarchy.mountPoint() + path.toString();
    }

    private String location(String name) {
        return this + "/" + name;
    }
}
