package org.corral.linux.raw;

import static org.corral.linux.raw.Constants.AT_EMPTY_PATH;
import static org.corral.linux.raw.Constants.AT_NO_AUTOMOUNT;
import static org.corral.linux.raw.Constants.AT_SYMLINK_NOFOLLOW;
import static org.corral.linux.raw.Constants.O_CLOEXEC;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_NOFOLLOW;
import static org.corral.linux.raw.Constants.O_RDONLY;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jnr.ffi.Pointer;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** {@link TreeCalls} on the running kernel. */
final class JnrTreeCalls extends JnrCalls implements TreeCalls {

    private static final int ENTRIES_BUFFER = 32768;

    @Override
    public int open(String path) throws ErrnoException {
        return (int) checkRepeating(() -> libc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0), "open", path);
    }

    @Override
    public int openBelow(int dirFd, byte[] name) throws ErrnoException {
        byte[] terminated = Arrays.copyOf(name, name.length + 1);
        return (int) checkRepeating(
                () -> libc.openat(dirFd, terminated, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0),
                "openat",
                new String(name, StandardCharsets.UTF_8));
    }

    @Override
    public EntryStatus status(int dirFd) throws ErrnoException {
        Pointer statx = struct(Structs.Statx.SIZE);
        check(libc.statx(dirFd, "", AT_EMPTY_PATH, Structs.Statx.BASIC_STATS, statx), "statx", "fd " + dirFd);
        return status(statx);
    }

    private static EntryStatus status(Pointer statx) {
        return new EntryStatus(
                statx.getShort(Structs.Statx.MODE) & 0xffff,
                statx.getLong(Structs.Statx.INODE),
                (long) statx.getInt(Structs.Statx.FILESYSTEM_MAJOR) << 32
                        | statx.getInt(Structs.Statx.FILESYSTEM_MINOR),
                statx.getInt(Structs.Statx.LINKS),
                statx.getLong(Structs.Statx.BLOCKS));
    }

    @Override
    public void visit(int dirFd, Visitor visitor) throws ErrnoException {
        Pointer entries = struct(ENTRIES_BUFFER);
        Pointer statx = struct(Structs.Statx.SIZE);
        long count;
        do {
            count = check(libc.getdents64(dirFd, entries, ENTRIES_BUFFER), "getdents64", "fd " + dirFd);
            int length;
            for (long at = 0; at < count; at += length) {
                length = entries.getShort(at + Structs.Dirent64.LENGTH) & 0xffff;
                byte[] name = name(entries, at, length);
                if (!isDots(name)) {
                    visit(dirFd, name, entries.slice(at + Structs.Dirent64.NAME), statx, visitor);
                }
            }
        } while (count > 0);
    }

    /** The kernel pads entries with NULs, which no name has. */
    private static byte[] name(Pointer entries, long at, int length) {
        byte[] padded = new byte[length - Structs.Dirent64.NAME];
        entries.get(at + Structs.Dirent64.NAME, padded, 0, padded.length);
        int end = 0;
        while (end < padded.length && padded[end] != 0) {
            end++;
        }
        return Arrays.copyOf(padded, end);
    }

    private void visit(int dirFd, byte[] name, Pointer named, Pointer statx, Visitor visitor) throws ErrnoException {
        int flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT;
        try {
            check(
                    libc.statx(dirFd, named, flags, Structs.Statx.BASIC_STATS, statx),
                    "statx",
                    "an entry of fd " + dirFd);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return;
            }
            throw e;
        }
        visitor.visit(name, status(statx));
    }

    private static boolean isDots(byte[] name) {
        return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
    }

    @Override
    public void close(int fd) throws ErrnoException {
        check(libc.close(fd), "close", "fd " + fd);
    }
}
