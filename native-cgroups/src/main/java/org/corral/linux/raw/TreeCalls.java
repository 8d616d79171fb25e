package org.corral.linux.raw;

import org.corral.linux.errno.ErrnoException;

/**
 * Calls to walk a tree of files that somebody else may change at any time: everything is found by a descriptor of its
 * directory, and names are bytes, as they are on disk. Thread-safe.
 */
public interface TreeCalls {

    /** {@return the calls on this kernel} */
    static TreeCalls ofThisHost() {
        return new JnrTreeCalls();
    }

    /** {@code int open(const char *path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)} — open(2). */
    int open(String path) throws ErrnoException;

    /**
     * {@code int openat(int dirfd, const char *name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)} — open(2).
     *
     * @throws ErrnoException ENOTDIR for a link and whatever else is no directory
     */
    int openBelow(int dirFd, byte[] name) throws ErrnoException;

    /** {@code int statx(int dirfd, "", AT_EMPTY_PATH, …)} — statx(2), of an open directory. */
    EntryStatus status(int dirFd) throws ErrnoException;

    /**
     * {@code getdents64(int fd, …)} — getdents(2), and {@code statx(…, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, …)} — statx(2) of
     * each entry but {@code .} and {@code ..}. One that is gone by then is left out.
     *
     * @param dirFd just opened: it is read from where it stands
     */
    void visit(int dirFd, Visitor visitor) throws ErrnoException;

    /** {@code int close(int fd)} — close(2). */
    void close(int fd) throws ErrnoException;

    /** Is shown the entries of a directory. */
    @FunctionalInterface
    interface Visitor {

        /** Looks at an entry; the name is the visitor's to keep. */
        void visit(byte[] name, EntryStatus status);
    }
}
