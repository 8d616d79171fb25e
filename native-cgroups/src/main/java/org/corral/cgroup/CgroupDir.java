package org.corral.cgroup;

import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_WRONLY;
import static org.corral.linux.raw.Constants.S_ISVTX;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.corral.linux.process.Identity;

/**
 * One cgroup in one hierarchy, by a descriptor of its directory. What is opened through it is in this very cgroup, even when
 * the path has come to mean another; links are never followed, other file systems refused with EXDEV.
 *
 * <p>A cgroup that has been removed answers ENODEV for its files and ENOENT else. The descriptor is closed between two uses where descriptors run short, and
 * opened again with the next one, which then fails with EMFILE or ENFILE too if there is none. Thread-safe; what is closed while
 * it is used is let go of after that use.
 */
public final class CgroupDir implements ControlFiles, AutoCloseable {

    private static final int MODE = 0755;
    private static final int MARKED_MODE = S_ISVTX | MODE;

    /** Its own name and ".": each cgroup below adds its "..". A file system that counts none has another number. */
    private static final int LINKS_WITHOUT_CHILDREN = 2;

    private final Linux linux;
    private final Hierarchy hierarchy;
    private final CgroupPath path;
    private final Beneath beneath;
    private final DirectoryDescriptor descriptor;

    private CgroupDir(Linux linux, Hierarchy hierarchy, CgroupPath path, DirectoryDescriptor descriptor) {
        this.linux = linux;
        this.hierarchy = hierarchy;
        this.path = path;
        this.beneath = new Beneath(linux.files(), hierarchy.version());
        this.descriptor = descriptor;
    }

    /**
     * Opens the cgroup that a hierarchy is mounted on.
     *
     * @throws ErrnoException EXDEV if that is no cgroup file system of the hierarchy's version, ENOENT, EACCES, EMFILE
     */
    public static CgroupDir openTop(Linux linux, Hierarchy hierarchy) throws ErrnoException {
        return open(linux, hierarchy, CgroupPath.TOP);
    }

    /**
     * Opens a cgroup of a hierarchy.
     *
     * @throws ErrnoException ENOENT if it is not there, EXDEV, ELOOP, EACCES, EMFILE
     */
    public static CgroupDir open(Linux linux, Hierarchy hierarchy, CgroupPath path) throws ErrnoException {
        return new CgroupDir(linux, hierarchy, path, DirectoryDescriptor.open(linux, hierarchy, path));
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
    public long inode() {
        return descriptor.inode();
    }

    /** {@return whether it was made by {@link #makeMarkedChild}} */
    boolean isMarked() throws ErrnoException {
        int mode = descriptor
                .ask(toString(), fd -> linux.files().status(fd.number()))
                .mode();
        return (mode & S_ISVTX) != 0;
    }

    @Override
    public String read(String file) throws ErrnoException {
        try (Fd opened = open(file, O_RDONLY)) {
            return new ControlText(linux.files(), opened, location(file)).read();
        }
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
            new ControlText(linux.files(), opened, location(file)).write(value);
        } catch (ErrnoException e) {
            throw e.about(e.subject() + ", \"" + value + "\"");
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
        descriptor.tell(location(name), fd -> linux.files().makeDirectoryAt(fd.number(), name, mode));
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
        Fd opened = descriptor.use(fd -> beneath.directory(fd, name, location(name)));
        return new CgroupDir(linux, hierarchy, child, DirectoryDescriptor.of(linux, hierarchy, child, opened));
    }

    @Override
    public List<String> names() throws ErrnoException {
        return descriptor.ask(toString(), fd -> linux.files().regularFiles(fd.number())).stream()
                .sorted()
                .toList();
    }

    /** {@return the names of the cgroups right below, sorted; none if this one is gone} */
    public List<String> children() throws ErrnoException {
        try {
            return descriptor.ask(toString(), this::children);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return List.of();
            }
            throw e;
        }
    }

    private List<String> children(Fd fd) throws ErrnoException {
        if (linux.files().status(fd.number()).links() == LINKS_WITHOUT_CHILDREN) {
            return List.of();
        }
        return linux.files().directories(fd.number()).stream().sorted().toList();
    }

    /**
     * {@return whether a cgroup right below is that one, and not a later one of its name}
     *
     * @throws ErrnoException ENOENT if there is none of its name
     */
    boolean holds(CgroupDir child) throws ErrnoException {
        String name = child.path.name();
        return child.descriptor.isOf(
                descriptor.ask(location(name), fd -> linux.files().statusAt(fd.number(), name)));
    }

    /**
     * Removes a cgroup below.
     *
     * @throws ErrnoException EBUSY if it holds processes or cgroups, ENOENT if there is none
     */
    public void removeChild(String name) throws ErrnoException {
        CgroupPath.requireName(name);
        descriptor.tell(location(name), fd -> linux.files().removeDirectoryAt(fd.number(), name));
    }

    /**
     * {@return an extended attribute, empty if it has none of that name}
     *
     * @param name with its class, as {@code user.corral.owner}
     * @throws ErrnoException EOPNOTSUPP where cgroups cannot have them (before Linux 5.7)
     */
    public Optional<String> attribute(String name) throws ErrnoException {
        return descriptor
                .ask(this + ", " + name, fd -> linux.files().attribute(fd.number(), name))
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /**
     * Sets an extended attribute.
     *
     * @throws ErrnoException EOPNOTSUPP where cgroups cannot have them (before Linux 5.7), ENOSPC for too many
     */
    public void setAttribute(String name, String value) throws ErrnoException {
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        descriptor.tell(this + ", " + name + "=" + value, fd -> linux.files().setAttribute(fd.number(), name, data));
    }

    /**
     * Watches a file for changes: on v2 {@code memory.events}, {@code cgroup.events} and their like; on v1 none tells.
     * Cancel the watch when the cgroup is removed. The file is opened for a moment, so that this very cgroup's is watched.
     *
     * @param changed as {@link FileChanges#watch} has it
     * @throws InotifyLimitException if that is one watch too many
     * @throws ErrnoException ENOENT if this kernel has no such file, ENODEV if the cgroup is gone, EMFILE
     */
    public FileChanges.Watch watch(FileChanges changes, String file, Runnable changed) throws IOException {
        try (Fd opened = open(file, O_RDONLY)) {
            return changes.watch(linux.path("/proc/self/fd/" + opened.number()), location(file), changed);
        }
    }

    /**
     * Holds the descriptor open for a call that needs its number.
     *
     * @throws ErrnoException ENOENT if the cgroup is gone, EMFILE
     */
    public Pin pin() throws ErrnoException {
        descriptor.hold();
        return new Pin();
    }

    /**
     * Opens a control file, to be kept and polled, or to be read or written by whoever knows better how. It is a file of this
     * very cgroup for as long as it is open, and answers ENODEV once that is removed.
     *
     * @param file its name, as the kernel has it
     * @param access {@code O_RDONLY}, {@code O_WRONLY} or {@code O_RDWR}
     * @return the caller's, who closes it
     * @throws IllegalArgumentException for a name that is no file's right here, as one with a slash
     * @throws ErrnoException ENOENT if this kernel has no such file, ENODEV if the cgroup is gone, EACCES, EMFILE; EXDEV or
     *     ELOOP if something else was put in its place
     */
    public Fd open(String file, int access) throws ErrnoException {
        CgroupPath.requireName(file);
        try {
            return openFile(file, access);
        } catch (ErrnoException e) {
            throw e.is(Errno.ENOENT) && isGone() ? new ErrnoException(e.syscall(), Errno.ENODEV, e.subject()) : e;
        }
    }

    /** One that is gone has no files at all, where another may only lack one. */
    private boolean isGone() {
        try {
            openFile(Members.PROCS, O_RDONLY).close();
            return false;
        } catch (ErrnoException e) {
            return e.is(Errno.ENOENT);
        }
    }

    private Fd openFile(String file, int access) throws ErrnoException {
        return descriptor.use(fd -> beneath.file(fd, file, access, location(file)));
    }

    /** Makes a user its owner; what is in it stays whose it is. */
    void giveTo(Identity user) throws ErrnoException {
        descriptor.tell(this + ", " + user, fd -> linux.files().changeOwner(fd.number(), user.uid(), user.gid()));
    }

    /** Lets go of it. The cgroup stays. */
    @Override
    public void close() {
        descriptor.close();
    }

    /** {@return where it is, mount point and all} */
    @Override
    public String toString() {
        return descriptor.toString();
    }

    private String location(String name) {
        return this + "/" + name;
    }

    /** Keeps the descriptor open until it is closed. Confined to one thread. */
    public final class Pin implements AutoCloseable {

        private Pin() {}

        /** {@return the number, to be used until {@link #close} and not closed} */
        public int descriptor() {
            return descriptor.fd().number();
        }

        @Override
        public void close() {
            descriptor.release();
        }
    }
}
