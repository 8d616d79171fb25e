package org.corral.linux.raw;

import static org.corral.linux.raw.Constants.AT_EMPTY_PATH;
import static org.corral.linux.raw.Constants.AT_REMOVEDIR;
import static org.corral.linux.raw.Constants.AT_SYMLINK_NOFOLLOW;
import static org.corral.linux.raw.Constants.DT_DIR;
import static org.corral.linux.raw.Constants.DT_REG;
import static org.corral.linux.raw.Constants.F_GETFL;
import static org.corral.linux.raw.Constants.F_SETFL;
import static org.corral.linux.raw.Constants.O_CLOEXEC;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_NONBLOCK;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.SYS_OPENAT2;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jnr.ffi.Pointer;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** {@link FileCalls} on the running kernel. */
final class JnrFileCalls extends JnrCalls implements FileCalls {

    private static final int LARGEST_ATTRIBUTE = 4096;
    private static final Set<String> DOTS = Set.of(".", "..");

    JnrFileCalls() {}

    JnrFileCalls(LibC.Api libc) {
        super(libc);
    }

    @Override
    public int open(String path, int flags, int mode) throws ErrnoException {
        return (int) checkRepeating(() -> libc.open(path, flags | O_CLOEXEC, mode), "open", path);
    }

    @Override
    public int openAt(int dirFd, String path, int flags, int mode) throws ErrnoException {
        return (int) checkRepeating(
                () -> libc.openat(dirFd, FileName.encodeTerminated(path), flags | O_CLOEXEC, mode), "openat", path);
    }

    @Override
    public int openAt2(int dirFd, String path, int flags, int resolve) throws ErrnoException {
        byte[] name = FileName.encodeTerminated(path);
        Pointer memory = Scratch.get(Structs.OpenHow.SIZE + name.length);
        memory.putLong(Structs.OpenHow.FLAGS, flags | O_CLOEXEC);
        memory.putLong(Structs.OpenHow.MODE, 0);
        memory.putLong(Structs.OpenHow.RESOLVE, resolve);
        memory.put(Structs.OpenHow.SIZE, name, 0, name.length);
        long how = memory.address();
        try {
            return (int) checkRepeating(
                    () -> libc.syscall(SYS_OPENAT2, dirFd, how + Structs.OpenHow.SIZE, how, Structs.OpenHow.SIZE, 0, 0),
                    "openat2",
                    path);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    @Override
    public void close(int fd) throws ErrnoException {
        check(libc.close(fd), "close", "fd " + fd);
    }

    @Override
    public int read(int fd, byte[] buffer, int offset) throws ErrnoException {
        Pointer into = Scratch.get(buffer.length - offset);
        int count = (int) checkRepeating(() -> libc.read(fd, into, buffer.length - offset), "read", "fd " + fd);
        into.get(0, buffer, offset, count);
        return count;
    }

    @Override
    public int readAt(int fd, byte[] buffer, int offset, long position) throws ErrnoException {
        Pointer into = Scratch.get(buffer.length - offset);
        int count =
                (int) checkRepeating(() -> libc.pread(fd, into, buffer.length - offset, position), "pread", "fd " + fd);
        into.get(0, buffer, offset, count);
        return count;
    }

    @Override
    public int write(int fd, byte[] data) throws ErrnoException {
        return (int) checkRepeating(() -> libc.write(fd, data, data.length), "write", "fd " + fd);
    }

    @Override
    public PipeEnds pipe() throws ErrnoException {
        Pointer ends = struct(2 * Integer.BYTES);
        check(libc.pipe2(ends, O_CLOEXEC), "pipe2", "O_CLOEXEC");
        return new PipeEnds(ends.getInt(0), ends.getInt(Integer.BYTES));
    }

    @Override
    public void setNonBlocking(int fd) throws ErrnoException {
        int flags = check(libc.fcntl(fd, F_GETFL, 0), "fcntl", "fd " + fd + ", F_GETFL");
        check(libc.fcntl(fd, F_SETFL, flags | O_NONBLOCK), "fcntl", "fd " + fd + ", F_SETFL");
    }

    @Override
    public void makeDirectoryAt(int dirFd, String name, int mode) throws ErrnoException {
        check(libc.mkdirat(dirFd, FileName.encodeTerminated(name), mode), "mkdirat", name);
    }

    @Override
    public void removeDirectoryAt(int dirFd, String name) throws ErrnoException {
        check(libc.unlinkat(dirFd, FileName.encodeTerminated(name), AT_REMOVEDIR), "rmdir", name);
    }

    @Override
    public void removeFileAt(int dirFd, String name) throws ErrnoException {
        check(libc.unlinkat(dirFd, FileName.encodeTerminated(name), 0), "unlinkat", name);
    }

    @Override
    public void changeOwner(int fd, int uid, int gid) throws ErrnoException {
        check(libc.fchown(fd, uid, gid), "fchown", "fd " + fd + ", " + uid + ":" + gid);
    }

    @Override
    public void makeFifo(String path, int mode) throws ErrnoException {
        check(libc.mkfifo(path, mode), "mkfifo", path);
    }

    @Override
    public long filesystemMagic(int fd) throws ErrnoException {
        Pointer statfs = Scratch.get();
        checkRepeating(() -> libc.fstatfs(fd, statfs), "fstatfs", "fd " + fd);
        return statfs.getLong(Structs.Statfs.TYPE);
    }

    @Override
    public FileStatus status(int fd) throws ErrnoException {
        Pointer statx = Scratch.get();
        check(libc.statx(fd, "", AT_EMPTY_PATH, Structs.Statx.BASIC_STATS, statx), "statx", "fd " + fd);
        return status(statx);
    }

    @Override
    public FileStatus statusAt(int dirFd, String name) throws ErrnoException {
        byte[] path = FileName.encodeTerminated(name);
        Pointer statx = Scratch.get(Structs.Statx.SIZE + path.length);
        statx.put(Structs.Statx.SIZE, path, 0, path.length);
        Pointer after = statx.slice(Structs.Statx.SIZE);
        check(libc.statx(dirFd, after, AT_SYMLINK_NOFOLLOW, Structs.Statx.BASIC_STATS, statx), "statx", name);
        return status(statx);
    }

    private static FileStatus status(Pointer statx) {
        return new FileStatus(
                statx.getLong(Structs.Statx.INODE),
                (long) statx.getInt(Structs.Statx.FILESYSTEM_MAJOR) << 32
                        | statx.getInt(Structs.Statx.FILESYSTEM_MINOR),
                statx.getShort(Structs.Statx.MODE) & 0xffff,
                statx.getInt(Structs.Statx.LINKS),
                statx.getInt(Structs.Statx.UID),
                statx.getInt(Structs.Statx.GID),
                statx.getInt(Structs.Statx.DEVICE_MAJOR),
                statx.getInt(Structs.Statx.DEVICE_MINOR));
    }

    @Override
    public List<String> directories(int dirFd) throws ErrnoException {
        return entries(dirFd, DT_DIR);
    }

    @Override
    public List<String> regularFiles(int dirFd) throws ErrnoException {
        return entries(dirFd, DT_REG);
    }

    /** Reads through a descriptor of its own: the position of a directory is shared by all who use the descriptor. */
    private List<String> entries(int dirFd, byte type) throws ErrnoException {
        int own = openAt(dirFd, ".", O_RDONLY | O_DIRECTORY, 0);
        try {
            List<String> names = new ArrayList<>();
            Pointer entries = Scratch.get();
            long count;
            do {
                count = check(libc.getdents64(own, entries, Scratch.SIZE), "getdents64", "fd " + dirFd);
                addOfType(type, entries, count, names);
            } while (count > 0);
            names.removeAll(DOTS);
            return names;
        } finally {
            close(own);
        }
    }

    private static void addOfType(byte type, Pointer entries, long count, List<String> names) {
        int length;
        for (long at = 0; at < count; at += length) {
            length = entries.getShort(at + Structs.Dirent64.LENGTH) & 0xffff;
            if (entries.getByte(at + Structs.Dirent64.TYPE) == type) {
                names.add(name(entries, at));
            }
        }
    }

    /** A NUL ends it. */
    private static String name(Pointer entries, long at) {
        int end = 0;
        while (entries.getByte(at + Structs.Dirent64.NAME + end) != 0) {
            end++;
        }
        byte[] name = new byte[end];
        entries.get(at + Structs.Dirent64.NAME, name, 0, end);
        return FileName.decode(name);
    }

    @Override
    public void setAttribute(int fd, String name, byte[] value) throws ErrnoException {
        check(libc.fsetxattr(fd, name, value, value.length, 0), "fsetxattr", name);
    }

    @Override
    public Optional<byte[]> attribute(int fd, String name) throws ErrnoException {
        Pointer value = struct(LARGEST_ATTRIBUTE);
        try {
            long size = check(libc.fgetxattr(fd, name, value, LARGEST_ATTRIBUTE), "fgetxattr", name);
            byte[] bytes = new byte[(int) size];
            value.get(0, bytes, 0, bytes.length);
            return Optional.of(bytes);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENODATA)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** {@return the text as C has it, in memory of its own} */
    static Pointer cString(String text) {
        byte[] bytes = FileName.encodeTerminated(text);
        Pointer memory = struct(bytes.length);
        memory.put(0, bytes, 0, bytes.length);
        return memory;
    }
}
