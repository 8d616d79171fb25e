package org.corral.linux.raw;

import org.corral.linux.errno.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * System calls on the namespaces of the calling thread, and on what is in them. Thread-safe, but each of them changes the
 * thread that calls it for good, or what that sees: they are made on threads that are thrown away.
 */
public interface NamespaceCalls {

    /**
     * {@code int unshare(int flags)} — unshare(2).
     *
     * @param flags a set of {@code CLONE_*}
     * @throws ErrnoException EPERM without CAP_SYS_ADMIN, ENOSPC at a limit of {@code /proc/sys/user}, EINVAL for what this
     *     kernel was built without
     */
    void unshare(int flags) throws ErrnoException;

    /**
     * {@code int setns(int fd, int nstype)} — setns(2).
     *
     * @param fd of a file in {@code /proc/<pid>/ns}
     * @param kind the {@code CLONE_*} that it must be
     */
    void enter(int fd, int kind) throws ErrnoException;

    /** {@code int sethostname(const char *name, size_t len)} — sethostname(2): of the thread's UTS namespace. */
    void setHostName(String name) throws ErrnoException;

    /**
     * {@code int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data)} —
     * mount(2).
     */
    void mount(@Nullable String source, String target, @Nullable String type, long flags, @Nullable String data)
            throws ErrnoException;

    /**
     * {@code int mount_setattr(AT_FDCWD, const char *path, AT_RECURSIVE, {MOUNT_ATTR_RDONLY}, …)} — mount_setattr(2), Linux
     * 5.12: a mount point and all below it.
     */
    void makeReadOnly(String mountPoint) throws ErrnoException;

    /**
     * {@code int fsopen(const char *type, FSOPEN_CLOEXEC)} — Linux 5.2: a file system to be configured. Nothing is mounted.
     *
     * @return a descriptor
     */
    int openFileSystem(String type) throws ErrnoException;

    /**
     * {@code int fsconfig(int fd, FSCONFIG_SET_STRING, const char *key, const char *value, 0)} — Linux 5.2.
     *
     * @throws ErrnoException EINVAL for an option that this kernel does not know
     */
    void configure(int fileSystem, String key, String value) throws ErrnoException;

    /** {@code int socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)} — socket(2): to ask for network devices. */
    int socket() throws ErrnoException;

    /** {@code int ioctl(int socket, SIOCGIFFLAGS, struct ifreq *)} — netdevice(7): the device's {@code IFF_*}. */
    int interfaceFlags(int socket, String device) throws ErrnoException;

    /** {@code int ioctl(int socket, SIOCSIFFLAGS, struct ifreq *)} — netdevice(7). EPERM without CAP_NET_ADMIN. */
    void setInterfaceFlags(int socket, String device, int flags) throws ErrnoException;
}
