package org.corral.cgroup;

import org.corral.cgroup.layout.Hierarchy;
import org.corral.linux.Fd;
import org.corral.linux.Kept;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of one cgroup's directory. Where descriptors run short it is closed between two uses, and opened again by the
 * cgroup's path. What the path has come to mean by then is taken only if it is the same cgroup: of the same inode, whose
 * number the kernel gives once, on the same file system, as each v1 hierarchy counts for itself. Thread-safe.
 */
final class DirectoryDescriptor extends Kept {

    private final Hierarchy hierarchy;
    private final CgroupPath path;
    private final Beneath beneath;
    private final long inode;
    private final long filesystem;
    private @Nullable Fd fd;

    private DirectoryDescriptor(Linux linux, Hierarchy hierarchy, CgroupPath path, Fd fd, FileStatus status) {
        super(linux.descriptors());
        this.hierarchy = hierarchy;
        this.path = path;
        this.beneath = new Beneath(linux.files(), hierarchy.version());
        this.inode = status.inode();
        this.filesystem = status.filesystem();
        this.fd = fd;
    }

    /**
     * Takes ownership of what was just opened, also when this fails.
     *
     * @throws ErrnoException as statx(2)
     */
    static DirectoryDescriptor of(Linux linux, Hierarchy hierarchy, CgroupPath path, Fd opened) throws ErrnoException {
        try {
            FileStatus status = Told.of(opened.toString(), () -> linux.files().status(opened.number()));
            DirectoryDescriptor descriptor = new DirectoryDescriptor(linux, hierarchy, path, opened, status);
            descriptor.begin(opened.number());
            return descriptor;
        } catch (ErrnoException e) {
            opened.close();
            throw e;
        }
    }

    /** Opens a cgroup by its path. */
    static DirectoryDescriptor open(Linux linux, Hierarchy hierarchy, CgroupPath path) throws ErrnoException {
        Beneath beneath = new Beneath(linux.files(), hierarchy.version());
        return of(linux, hierarchy, path, beneath.walk(hierarchy.mountPoint(), path));
    }

    /** Makes a call with it, which stays open meanwhile. */
    <T> T use(Query<T> call) throws ErrnoException {
        hold();
        try {
            return call.ask(fd());
        } finally {
            release();
        }
    }

    /** The same with a call that knows only its number: an error is told of that subject. */
    <T> T ask(String subject, Query<T> call) throws ErrnoException {
        hold();
        try {
            return call.ask(fd());
        } catch (ErrnoException e) {
            throw e.about(subject);
        } finally {
            release();
        }
    }

    /** The same with a call that returns nothing. */
    void tell(String subject, Action call) throws ErrnoException {
        ask(subject, fd -> {
            call.run(fd);
            return true;
        });
    }

    /** {@return it, to be used while it is held} */
    Fd fd() {
        if (fd == null) {
            throw new IllegalStateException(this + " is not held");
        }
        return fd;
    }

    /** {@return the inode that it is of, whether it is open or not} */
    long inode() {
        return inode;
    }

    /** {@return whether it is of that directory} */
    boolean isOf(FileStatus status) {
        return status.inode() == inode && status.filesystem() == filesystem;
    }

    @Override
    protected int open() throws ErrnoException {
        Fd again = beneath.walk(hierarchy.mountPoint(), path);
        try {
            if (!isOf(Told.of(again.toString(), () -> beneath.files().status(again.number())))) {
                throw new ErrnoException("open", Errno.ENOENT, this + ", which is another cgroup by now");
            }
        } catch (ErrnoException e) {
            again.close();
            throw e;
        }
        fd = again;
        return again.number();
    }

    @Override
    protected void letGo() {
        fd().close();
        fd = null;
    }

    /** {@return where the cgroup is, mount point and all} */
    @Override
    public String toString() {
        return path.elements().isEmpty() ? hierarchy.mountPoint().toString() : hierarchy.mountPoint() + path.toString();
    }

    /** A call with a result. */
    interface Query<T> {
        T ask(Fd fd) throws ErrnoException;
    }

    /** A call without one. */
    interface Action {
        void run(Fd fd) throws ErrnoException;
    }
}
