package org.corral.linux.raw;

import java.util.List;
import java.util.Optional;
import org.corral.linux.errno.ErrnoException;

/**
 * System calls on descriptors and directories. Every descriptor they make has O_CLOEXEC. What is no text in the name of an
 * entry that {@link #directories} tells, such a name's control characters too, is in it as a lone surrogate for each byte;
 * the calls that are relative to a directory take it so. Thread-safe.
 */
public interface FileCalls {

    /** {@code int open(const char *path, int flags, mode_t mode)} — open(2). */
    int open(String path, int flags, int mode) throws ErrnoException;

    /** {@code int openat(int dirfd, const char *path, int flags, mode_t mode)} — open(2). */
    int openAt(int dirFd, String path, int flags, int mode) throws ErrnoException;

    /**
     * {@code int openat2(int dirfd, const char *path, struct open_how *how, size_t size)} — openat2(2), Linux 5.6.
     *
     * @param resolve a set of {@code RESOLVE_*}
     * @throws ErrnoException ENOSYS before Linux 5.6 and under some seccomp filters; EXDEV or ELOOP if the path leaves
     *     {@code dirFd}
     */
    int openAt2(int dirFd, String path, int flags, int resolve) throws ErrnoException;

    /** {@code int close(int fd)} — close(2). Never repeated: the descriptor is gone whatever is returned. */
    void close(int fd) throws ErrnoException;

    /**
     * {@code ssize_t read(int fd, void *buf, size_t count)} — read(2).
     *
     * @return the number of bytes read into {@code buffer} from {@code offset}, 0 at the end of the file
     */
    int read(int fd, byte[] buffer, int offset) throws ErrnoException;

    /** {@code ssize_t pread(int fd, void *buf, size_t count, off_t position)} — pread(2). */
    int readAt(int fd, byte[] buffer, int offset, long position) throws ErrnoException;

    /** {@code ssize_t write(int fd, const void *buf, size_t count)} — write(2), all of {@code data} in one call. */
    int write(int fd, byte[] data) throws ErrnoException;

    /** {@code int pipe2(int fds[2], O_CLOEXEC)} — pipe(2); EMFILE or ENFILE if there are too many descriptors. */
    PipeEnds pipe() throws ErrnoException;

    /** {@code int fcntl(int fd, F_SETFL, flags | O_NONBLOCK)} — fcntl(2). Of a pipe it changes this end alone. */
    void setNonBlocking(int fd) throws ErrnoException;

    /** {@code int mkdirat(int dirfd, const char *path, mode_t mode)} — mkdir(2). */
    void makeDirectoryAt(int dirFd, String name, int mode) throws ErrnoException;

    /** {@code int unlinkat(int dirfd, const char *path, AT_REMOVEDIR)} — unlink(2), rmdir(2). */
    void removeDirectoryAt(int dirFd, String name) throws ErrnoException;

    /** {@code int unlinkat(int dirfd, const char *path, 0)} — unlink(2). */
    void removeFileAt(int dirFd, String name) throws ErrnoException;

    /**
     * {@code int fchown(int fd, uid_t owner, gid_t group)} — chown(2).
     *
     * @throws ErrnoException EPERM without CAP_CHOWN, and in file systems that keep no owners
     */
    void changeOwner(int fd, int uid, int gid) throws ErrnoException;

    /** {@code int mkfifo(const char *path, mode_t mode)} — mkfifo(3). */
    void makeFifo(String path, int mode) throws ErrnoException;

    /** {@code int fstatfs(int fd, struct statfs *buf)} — statfs(2); the type of file system alone. */
    long filesystemMagic(int fd) throws ErrnoException;

    /** {@code int statx(int dirfd, "", AT_EMPTY_PATH, …)} — statx(2), of an open descriptor. */
    FileStatus status(int fd) throws ErrnoException;

    /** {@code int statx(int dirfd, name, AT_SYMLINK_NOFOLLOW, …)} — statx(2), of what a directory has by that name. */
    FileStatus statusAt(int dirFd, String name) throws ErrnoException;

    /**
     * {@code ssize_t getdents64(int fd, void *dirp, size_t count)} — getdents(2); the names of the directories in a
     * directory, without {@code .} and {@code ..}, in no order. For file systems that keep types in directories, as those
     * of cgroups do.
     *
     * @throws ErrnoException ENOENT if the directory was removed; EMFILE, because it is opened once more
     */
    List<String> directories(int dirFd) throws ErrnoException;

    /**
     * {@code ssize_t getdents64(int fd, void *dirp, size_t count)} — getdents(2); the names of the regular files in a
     * directory; otherwise as {@link #directories}.
     */
    List<String> regularFiles(int dirFd) throws ErrnoException;

    /** {@code int fsetxattr(int fd, const char *name, const void *value, size_t size, int flags)} — setxattr(2). */
    void setAttribute(int fd, String name, byte[] value) throws ErrnoException;

    /** {@code ssize_t fgetxattr(int fd, const char *name, void *value, size_t size)} — getxattr(2); empty for ENODATA. */
    Optional<byte[]> attribute(int fd, String name) throws ErrnoException;
}
