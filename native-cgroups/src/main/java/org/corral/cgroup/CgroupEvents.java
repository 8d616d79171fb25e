package org.corral.cgroup;

import org.corral.linux.Deadline;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.corral.linux.event.Epoll;
import org.corral.linux.raw.Constants;

/**
 * The state lines of a v2 cgroup, {@code populated} and {@code frozen}, waited for without polling: the kernel tells of
 * each change by EPOLLPRI. See admin-guide/cgroup-v2.rst, "cgroup.events". Blocks one thread.
 */
final class CgroupEvents {

    static final String FILE = "cgroup.events";
    static final String EMPTY = "populated 0";
    static final String FROZEN = "frozen 1";

    private final Linux linux;
    private final CgroupDir dir;

    CgroupEvents(Linux linux, CgroupDir dir) {
        this.linux = linux;
        this.dir = dir;
    }

    /** {@return whether the file came to have the line in time; true at once for a cgroup that is gone} */
    boolean await(String line, Deadline deadline) throws ErrnoException {
        try (Fd file = dir.open(FILE, Constants.O_RDONLY);
                Epoll epoll = Epoll.create(linux)) {
            epoll.add(file, Constants.EPOLLPRI, 0);
            ControlText text = new ControlText(linux.files(), file, file.toString());
            while (!has(text, line)) {
                if (deadline.hasPassed()) {
                    return false;
                }
                epoll.await(deadline.remainingMillis());
            }
            return true;
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE) {
                return true;
            }
            throw e;
        }
    }

    /** Reading also tells the kernel which changes are known, so that none between here and the wait is lost. */
    private static boolean has(ControlText text, String line) throws ErrnoException {
        return text.readAgain().lines().anyMatch(line::equals);
    }
}
