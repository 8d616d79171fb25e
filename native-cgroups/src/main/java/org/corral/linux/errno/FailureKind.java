package org.corral.linux.errno;

/** The failures that callers tell apart. */
public enum FailureKind {
    /** The thing is not there any more: ENOENT, ESRCH, ENODEV. */
    GONE,
    /** This kernel does not do that: ENOSYS, EOPNOTSUPP, ENOTSUPP. */
    UNSUPPORTED,
    /** The caller may not do that: EPERM, EACCES, EROFS. */
    NOT_ALLOWED,
    /** Something still uses the thing: EBUSY. */
    BUSY,
    /** Anything else. */
    OTHER
}
