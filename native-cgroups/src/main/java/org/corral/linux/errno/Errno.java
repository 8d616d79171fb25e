package org.corral.linux.errno;

import java.util.Map;

/**
 * An error number of the kernel. A value and no enum, because unknown ones exist: drivers and file systems return
 * numbers that no header names to user space (524, {@code ENOTSUPP}, is one). Immutable.
 *
 * <p>Numbers are those of {@code asm-generic/errno.h}, which x86-64 and aarch64 share.
 *
 * @param number the error number, above 0
 */
public record Errno(int number) {

    public static final Errno EPERM = new Errno(1);
    public static final Errno ENOENT = new Errno(2);
    public static final Errno ESRCH = new Errno(3);
    public static final Errno EINTR = new Errno(4);
    public static final Errno EIO = new Errno(5);
    public static final Errno ENXIO = new Errno(6);
    public static final Errno E2BIG = new Errno(7);
    public static final Errno ENOEXEC = new Errno(8);
    public static final Errno EBADF = new Errno(9);
    public static final Errno ECHILD = new Errno(10);
    public static final Errno EAGAIN = new Errno(11);
    public static final Errno ENOMEM = new Errno(12);
    public static final Errno EACCES = new Errno(13);
    public static final Errno EBUSY = new Errno(16);
    public static final Errno EEXIST = new Errno(17);
    public static final Errno EXDEV = new Errno(18);
    public static final Errno ENODEV = new Errno(19);
    public static final Errno ENOTDIR = new Errno(20);
    public static final Errno EISDIR = new Errno(21);
    public static final Errno EINVAL = new Errno(22);
    public static final Errno ENFILE = new Errno(23);
    public static final Errno EMFILE = new Errno(24);
    public static final Errno ENOTTY = new Errno(25);
    public static final Errno ENOSPC = new Errno(28);
    public static final Errno EROFS = new Errno(30);
    public static final Errno EPIPE = new Errno(32);
    public static final Errno ERANGE = new Errno(34);
    public static final Errno ENAMETOOLONG = new Errno(36);
    public static final Errno ENOSYS = new Errno(38);
    public static final Errno ENOTEMPTY = new Errno(39);
    public static final Errno ELOOP = new Errno(40);
    public static final Errno ENODATA = new Errno(61);
    public static final Errno EOPNOTSUPP = new Errno(95);
    public static final Errno ETIMEDOUT = new Errno(110);
    public static final Errno ENOTSUPP = new Errno(524);

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(1, "EPERM Operation not permitted"),
            Map.entry(2, "ENOENT No such file or directory"),
            Map.entry(3, "ESRCH No such process"),
            Map.entry(4, "EINTR Interrupted system call"),
            Map.entry(5, "EIO Input/output error"),
            Map.entry(6, "ENXIO No such device or address"),
            Map.entry(7, "E2BIG Argument list too long"),
            Map.entry(8, "ENOEXEC Exec format error"),
            Map.entry(9, "EBADF Bad file descriptor"),
            Map.entry(10, "ECHILD No child processes"),
            Map.entry(11, "EAGAIN Resource temporarily unavailable"),
            Map.entry(12, "ENOMEM Cannot allocate memory"),
            Map.entry(13, "EACCES Permission denied"),
            Map.entry(16, "EBUSY Device or resource busy"),
            Map.entry(17, "EEXIST File exists"),
            Map.entry(18, "EXDEV Invalid cross-device link"),
            Map.entry(19, "ENODEV No such device"),
            Map.entry(20, "ENOTDIR Not a directory"),
            Map.entry(21, "EISDIR Is a directory"),
            Map.entry(22, "EINVAL Invalid argument"),
            Map.entry(23, "ENFILE Too many open files in system"),
            Map.entry(24, "EMFILE Too many open files"),
            Map.entry(25, "ENOTTY Inappropriate ioctl for device"),
            Map.entry(28, "ENOSPC No space left on device"),
            Map.entry(30, "EROFS Read-only file system"),
            Map.entry(32, "EPIPE Broken pipe"),
            Map.entry(34, "ERANGE Numerical result out of range"),
            Map.entry(36, "ENAMETOOLONG File name too long"),
            Map.entry(38, "ENOSYS Function not implemented"),
            Map.entry(39, "ENOTEMPTY Directory not empty"),
            Map.entry(40, "ELOOP Too many levels of symbolic links"),
            Map.entry(61, "ENODATA No data available"),
            Map.entry(95, "EOPNOTSUPP Operation not supported"),
            Map.entry(110, "ETIMEDOUT Connection timed out"),
            Map.entry(524, "ENOTSUPP Not supported by the driver"));

    /** Refuses numbers that are no error. */
    public Errno {
        if (number <= 0) {
            throw new IllegalArgumentException("errno " + number + " is not above 0");
        }
    }

    /** {@return what kind of failure this is to a caller} */
    public FailureKind kind() {
        return switch (number) {
            case 2, 3, 19 -> FailureKind.GONE;
            case 38, 95, 524 -> FailureKind.UNSUPPORTED;
            case 1, 13, 30 -> FailureKind.NOT_ALLOWED;
            case 16 -> FailureKind.BUSY;
            default -> FailureKind.OTHER;
        };
    }

    /** {@return name and text, as {@code EBUSY Device or resource busy}; for an unknown one its number} */
    @Override
    public String toString() {
        return TEXTS.getOrDefault(number, "errno " + number);
    }
}
