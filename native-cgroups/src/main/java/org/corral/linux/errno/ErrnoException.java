package org.corral.linux.errno;

import java.io.IOException;

/**
 * A system call failed. Says which, on what, and with which error number:
 * {@code write(/sys/fs/cgroup/memory/a/memory.limit_in_bytes, "4096"): EBUSY Device or resource busy}.
 */
public final class ErrnoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String syscall;
    private final int number;
    private final String subject;

    /**
     * Makes the failure of a call.
     *
     * @param syscall the call's name, as its manual page has it
     * @param errno the error number
     * @param subject what it was called on: path, data, pid
     */
    public ErrnoException(String syscall, Errno errno, String subject) {
        super(syscall + "(" + subject + "): " + errno);
        this.syscall = syscall;
        this.number = errno.number();
        this.subject = subject;
    }

    /** {@return the call's name} */
    public String syscall() {
        return syscall;
    }

    /** {@return the error number} */
    public Errno errno() {
        return new Errno(number);
    }

    /** {@return what the call was made on} */
    public String subject() {
        return subject;
    }

    /** {@return what kind of failure this is to a caller} */
    public FailureKind kind() {
        return errno().kind();
    }

    /** {@return whether the error number is one of these} */
    public boolean is(Errno first, Errno... more) {
        for (Errno one : more) {
            if (one.number() == number) {
                return true;
            }
        }
        return first.number() == number;
    }

    /** {@return the same failure, told of a subject that says more, such as a path where the call had a descriptor} */
    public ErrnoException about(String betterSubject) {
        ErrnoException better = new ErrnoException(syscall, errno(), betterSubject);
        better.setStackTrace(getStackTrace());
        return better;
    }
}
