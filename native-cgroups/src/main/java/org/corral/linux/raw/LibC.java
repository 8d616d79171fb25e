package org.corral.linux.raw;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.Encoding;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.mode_t;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import org.jspecify.annotations.Nullable;

/**
 * Ring 1: the C library under its own names.
 *
 * <p>The interface must be public: JNR implements it in a class loader of its own. Its holder is not, so nothing outside
 * this package can name it.
 */
final class LibC {

    /** Loaded once; loading is thread-safe and generates the stub. */
    static final Api API = LibraryLoader.create(Api.class).load("c");

    /** Gives access to {@code errno} of the calling thread. */
    static final Runtime RUNTIME = Runtime.getRuntime(API);

    private LibC() {}

    /**
     * The functions. Variadic ones are declared with the arguments Corral gives them. Strings are UTF-8 in any locale:
     * in the C locale the JVM's own charset would turn other letters of a path into question marks.
     */
    @Encoding("UTF-8")
    @SuppressWarnings("checkstyle:MissingJavadocMethod") // C names; section 2 and 3 of the Linux manual
    public interface Api {

        int open(@In String path, int flags, @mode_t int mode);

        int openat(int dirfd, @In byte[] path, int flags, @mode_t int mode);

        int close(int fd);

        @ssize_t
        long read(int fd, @Out Pointer buffer, @size_t long count);

        @ssize_t
        long pread(int fd, @Out Pointer buffer, @size_t long count, @off_t long offset);

        /** By address, and with plain numbers: neither a buffer nor anything else is made for the call. */
        long pread(int fd, long buffer, long count, long offset);

        @ssize_t
        long write(int fd, @In byte[] data, @size_t long count);

        /** The same. */
        long pwrite(int fd, long buffer, long count, long offset);

        int pipe2(@Out Pointer fds, int flags);

        int fcntl(int fd, int command, long argument);

        int mkdirat(int dirfd, @In byte[] path, @mode_t int mode);

        int unlinkat(int dirfd, @In byte[] path, int flags);

        int fchown(int fd, int owner, int group);

        int mkfifo(@In String path, @mode_t int mode);

        @ssize_t
        long getdents64(int fd, @Out Pointer entries, @size_t long size);

        int fstatfs(int fd, @Out Pointer statfs);

        int statx(int dirfd, @In String path, int flags, int mask, @Out Pointer statx);

        int statx(int dirfd, @In Pointer path, int flags, int mask, @Out Pointer statx);

        int fsetxattr(int fd, @In String name, @In byte[] value, @size_t long size, int flags);

        @ssize_t
        long fgetxattr(int fd, @In String name, @Out Pointer value, @size_t long size);

        int eventfd(int initial, int flags);

        int epoll_create1(int flags);

        int epoll_ctl(int epfd, int operation, int fd, @In Pointer event);

        int epoll_wait(int epfd, @Out Pointer events, int maxEvents, int timeoutMillis);

        int inotify_init1(int flags);

        int inotify_add_watch(int fd, @In String path, int mask);

        int inotify_rm_watch(int fd, int watch);

        int waitid(int idType, int id, @Out Pointer siginfo, int options);

        int prlimit(int pid, int resource, @In @Nullable Pointer wanted, @Out @Nullable Pointer current);

        int capget(Pointer header, @Out Pointer data);

        int capset(@In Pointer header, @In Pointer data);

        int posix_spawn(
                @Out Pointer pid,
                @In String path,
                @In Pointer fileActions,
                @In Pointer attributes,
                @In Pointer argv,
                @In Pointer envp);

        int posix_spawn_file_actions_init(Pointer actions);

        int posix_spawn_file_actions_destroy(Pointer actions);

        int posix_spawn_file_actions_addopen(Pointer actions, int fd, @In Pointer path, int flags, @mode_t int mode);

        int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int newFd);

        int posix_spawn_file_actions_addchdir_np(Pointer actions, @In Pointer path);

        int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

        int posix_spawnattr_init(Pointer attributes);

        int posix_spawnattr_destroy(Pointer attributes);

        int posix_spawnattr_setflags(Pointer attributes, short flags);

        int posix_spawnattr_setsigdefault(Pointer attributes, Pointer signals);

        int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

        /** From glibc 2.39 on; a {@link LinkageError} at the call before. */
        int posix_spawnattr_setcgroup_np(Pointer attributes, int cgroup);

        int sigemptyset(Pointer signals);

        int sigfillset(Pointer signals);

        int ioctl(int fd, long request, Pointer argument);

        int unshare(int flags);

        int setns(int fd, int kind);

        int sethostname(@In byte[] name, @size_t long length);

        int mount(
                @In @Nullable String source,
                @In String target,
                @In @Nullable String type,
                long flags,
                @In @Nullable String data);

        int socket(int domain, int type, int protocol);

        int gettid();

        int isatty(int fd);

        int tcgetattr(int fd, @Out Pointer termios);

        int tcsetattr(int fd, int actions, @In Pointer termios);

        @intptr_t
        long signal(int number, @intptr_t long handler);

        int getpid();

        int geteuid();

        long sysconf(int name);

        /**
         * Only for numbers from 424 up, which are the same on every architecture. With all six arguments, as the kernel has
         * them: JNR's own stub for five leaves the last of them undefined (jnr-ffi 2.2, x86-64).
         */
        long syscall(long number, long first, long second, long third, long fourth, long fifth, long sixth);
    }
}
