package org.corral.testing;

import static org.corral.linux.raw.Constants.AT_FDCWD;
import static org.corral.linux.raw.Constants.CGROUP2_SUPER_MAGIC;
import static org.corral.linux.raw.Constants.CGROUP_SUPER_MAGIC;
import static org.corral.linux.raw.Constants.O_APPEND;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_NOFOLLOW;
import static org.corral.linux.raw.Constants.O_RDWR;
import static org.corral.linux.raw.Constants.RESOLVE_NO_XDEV;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileCalls;
import org.corral.linux.raw.FileStatus;
import org.corral.linux.raw.PipeEnds;

/** The file calls of a fake kernel, whose only file systems are its cgroup hierarchies. */
public final class FakeCgroupFs implements FileCalls {

    private static final long TMPFS_MAGIC = 0x01021994;
    private static final int O_TRUNC = 01000;

    private final FakeLinux kernel;
    private final Set<String> covered = new HashSet<>();
    private final Set<String> links = new HashSet<>();
    private int longestRead = Integer.MAX_VALUE;
    private int longestWrite = Integer.MAX_VALUE;

    FakeCgroupFs(FakeLinux kernel) {
        this.kernel = kernel;
    }

    /** Mounts a tmpfs over a file or directory, by its absolute path. */
    public void cover(String path) {
        covered.add(path);
    }

    /** Puts a symbolic link in a file's or directory's place, by its absolute path. */
    public void link(String path) {
        links.add(path);
    }

    /** Makes each read return so many bytes at most. */
    public void longestRead(int bytes) {
        longestRead = bytes;
    }

    /** Makes each write take so many bytes at most. */
    public void longestWrite(int bytes) {
        longestWrite = bytes;
    }

    @Override
    public int open(String path, int flags, int mode) throws ErrnoException {
        kernel.calls().enter("open", path);
        FakeHierarchy hierarchy =
                kernel.mountedOver(path).orElseThrow(() -> new ErrnoException("open", Errno.ENOENT, path));
        String below =
                path.substring(hierarchy.described().mountPoint().toString().length());
        return open("open", hierarchy.top(), below.replaceFirst("^/", ""), flags, 0);
    }

    @Override
    public int openAt(int dirFd, String path, int flags, int mode) throws ErrnoException {
        if (dirFd == AT_FDCWD) {
            return open(path, flags, mode);
        }
        FakeOpenFile dir = file(dirFd);
        kernel.calls().enter("openat", dir.path() + "/" + path);
        return open("openat", dir.directory(), path, flags, 0);
    }

    @Override
    public int openAt2(int dirFd, String path, int flags, int resolve) throws ErrnoException {
        FakeOpenFile dir = file(dirFd);
        kernel.calls().enter("openat2", dir.path() + "/" + path);
        return open("openat2", dir.directory(), path, flags, resolve);
    }

    @Override
    public void close(int fd) throws ErrnoException {
        kernel.descriptors().close(fd);
        kernel.calls().enter("close", "fd " + fd);
    }

    @Override
    public int read(int fd, byte[] buffer, int offset) throws ErrnoException {
        kernel.calls().enter("read", file(fd).path());
        return file(fd).read(buffer, offset, longestRead);
    }

    @Override
    public int readAt(int fd, byte[] buffer, int offset, long position) throws ErrnoException {
        kernel.calls().enter("pread", file(fd).path());
        return file(fd).readAt(buffer, offset, position);
    }

    @Override
    public int write(int fd, byte[] data) throws ErrnoException {
        String value = new String(data, StandardCharsets.UTF_8);
        kernel.calls().enter("write", file(fd).path() + ", \"" + value + "\"");
        file(fd).write(value);
        return Math.min(data.length, longestWrite);
    }

    @Override
    public PipeEnds pipe() throws ErrnoException {
        throw new ErrnoException("pipe2", Errno.ENOSYS, "the fake kernel has no pipes");
    }

    @Override
    public void setNonBlocking(int fd) throws ErrnoException {
        throw new ErrnoException("fcntl", Errno.ENOSYS, "fd " + fd);
    }

    @Override
    public void makeDirectoryAt(int dirFd, String name, int mode) throws ErrnoException {
        kernel.calls().enter("mkdirat", file(dirFd).path() + "/" + name);
        file(dirFd).directory().makeChild(name).mode = mode;
    }

    @Override
    public void removeDirectoryAt(int dirFd, String name) throws ErrnoException {
        kernel.calls().enter("rmdir", file(dirFd).path() + "/" + name);
        file(dirFd).directory().removeChild(name);
    }

    @Override
    public void removeFileAt(int dirFd, String name) throws ErrnoException {
        throw new ErrnoException("unlinkat", Errno.EPERM, file(dirFd).path() + "/" + name);
    }

    @Override
    public void changeOwner(int fd, int uid, int gid) throws ErrnoException {
        kernel.calls().enter("fchown", file(fd).path() + ", " + uid + ":" + gid);
        file(fd).own(uid, gid);
    }

    @Override
    public void makeFifo(String path, int mode) throws ErrnoException {
        throw new ErrnoException("mkfifo", Errno.EPERM, path);
    }

    @Override
    public long filesystemMagic(int fd) throws ErrnoException {
        FakeOpenFile file = file(fd);
        kernel.calls().enter("fstatfs", file.path());
        if (covered.contains(file.path())) {
            return TMPFS_MAGIC;
        }
        return file.version() == CgroupVersion.V1 ? CGROUP_SUPER_MAGIC : CGROUP2_SUPER_MAGIC;
    }

    @Override
    public FileStatus status(int fd) throws ErrnoException {
        kernel.calls().enter("statx", file(fd).path());
        return status(file(fd).directory());
    }

    @Override
    public FileStatus statusAt(int dirFd, String name) throws ErrnoException {
        kernel.calls().enter("statx", file(dirFd).path() + "/" + name);
        return status(walk("statx", file(dirFd).directory(), name, O_DIRECTORY).directory());
    }

    private static FileStatus status(FakeCgroup directory) {
        int links = 2 + directory.children().size();
        return new FileStatus(
                directory.inode, directory.hierarchy.filesystem(), 040000 | directory.mode, links, 0, 0, 0, 0);
    }

    @Override
    public List<String> directories(int dirFd) throws ErrnoException {
        kernel.calls().enter("getdents64", file(dirFd).path());
        FakeCgroup directory = file(dirFd).directory();
        FakeCgroup.require(!directory.isRemoved(), "getdents64", Errno.ENOENT, directory.path());
        return directory.children();
    }

    @Override
    public List<String> regularFiles(int dirFd) throws ErrnoException {
        kernel.calls().enter("getdents64", file(dirFd).path());
        FakeCgroup directory = file(dirFd).directory();
        FakeCgroup.require(!directory.isRemoved(), "getdents64", Errno.ENOENT, directory.path());
        return directory.files();
    }

    @Override
    public void setAttribute(int fd, String name, byte[] value) throws ErrnoException {
        kernel.calls().enter("fsetxattr", file(fd).path() + ", " + name);
        file(fd).directory().attributes.put(name, value.clone());
    }

    @Override
    public Optional<byte[]> attribute(int fd, String name) throws ErrnoException {
        kernel.calls().enter("fgetxattr", file(fd).path() + ", " + name);
        return Optional.ofNullable(file(fd).directory().attributes.get(name));
    }

    private FakeOpenFile file(int fd) throws ErrnoException {
        return kernel.descriptors().get(fd, FakeOpenFile.class);
    }

    private int open(String call, FakeCgroup from, String path, int flags, int resolve) throws ErrnoException {
        if ((flags & (O_CREAT | O_TRUNC | O_APPEND)) != 0) {
            throw new AssertionError("a control file must not be made, emptied or appended to: " + path);
        }
        FakeOpenFile opened = walk(call, from, path, flags);
        boolean crosses = covered.contains(opened.path()) && (resolve & RESOLVE_NO_XDEV) != 0;
        FakeCgroup.require(!crosses, call, Errno.EXDEV, path);
        boolean throughLink = links.contains(opened.path()) && ((flags & O_NOFOLLOW) != 0 || resolve != 0);
        FakeCgroup.require(!throughLink, call, Errno.ELOOP, path);
        return kernel.descriptors().add(opened);
    }

    private static FakeOpenFile walk(String call, FakeCgroup from, String path, int flags) throws ErrnoException {
        FakeCgroup at = from;
        String[] names = path.isEmpty() ? new String[0] : path.split("/");
        for (int i = 0; i < names.length; i++) {
            FakeCgroup.require(!at.isRemoved(), call, Errno.ENOENT, path);
            if (at.children.containsKey(names[i])) {
                at = at.children.get(names[i]);
            } else {
                FakeCgroup.require(at.has(names[i]) && i == names.length - 1, call, Errno.ENOENT, path);
                FakeCgroup.require((flags & O_DIRECTORY) == 0, call, Errno.ENOTDIR, path);
                return new FakeOpenFile(at, Optional.of(names[i]), flags & (O_RDWR | 1));
            }
        }
        return new FakeOpenFile(at, Optional.empty(), 0);
    }
}
