package org.corral.linux.event;

import java.io.IOException;
import java.nio.file.Files;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;

/** All that inotify(7) grants to a user is in use, often by other programs: says which setting to raise. */
public final class InotifyLimitException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final String SETTINGS = "/proc/sys/fs/inotify/";

    private final String setting;

    private InotifyLimitException(String setting, String message, ErrnoException cause) {
        super(message, cause);
        this.setting = setting;
    }

    /** EMFILE: there are too many queues, or this process has too many descriptors; the kernel does not tell which. */
    static InotifyLimitException ofQueues(Linux linux, ErrnoException cause) {
        return of(linux, "max_user_instances", " or this process's RLIMIT_NOFILE", cause);
    }

    /** ENOSPC: too many files are watched. */
    static InotifyLimitException ofWatches(Linux linux, ErrnoException cause) {
        return of(linux, "max_user_watches", "", cause);
    }

    private static InotifyLimitException of(Linux linux, String name, String other, ErrnoException cause) {
        String setting = "fs.inotify." + name;
        String message = "used up: " + setting + " of " + value(linux, name) + other + "; raise it, as with sysctl: "
                + cause.getMessage();
        return new InotifyLimitException(setting, message, cause);
    }

    /** By a buffered reader: a number below /proc/sys is given to the first read alone, and others begin with one byte. */
    private static String value(Linux linux, String name) {
        try {
            return String.join("", Files.readAllLines(linux.path(SETTINGS + name)));
        } catch (IOException e) {
            return "unknown value";
        }
    }

    /** {@return the setting that is used up, as sysctl(8) names it} */
    public String setting() {
        return setting;
    }
}
