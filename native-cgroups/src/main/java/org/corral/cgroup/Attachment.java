package org.corral.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.linux.Deadline;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.ExitWait;
import org.corral.linux.process.PidFd;
import org.corral.linux.process.ProcessCgroups;
import org.corral.linux.process.ProcessGoneException;

/** Puts one process, with all its threads, into a container's cgroup in every hierarchy, and makes sure that it is there. */
final class Attachment {

    /** A process that is just being born is refused with EINVAL, for a short time. */
    private static final Duration BIRTH = Duration.ofMillis(150);

    /** However long a host stood still meanwhile. */
    private static final int LEAST_TRIES = 3;

    private final Linux linux;
    private final List<CgroupDir> dirs;
    private final PidFd process;

    private Attachment(Linux linux, List<CgroupDir> dirs, PidFd process) {
        this.linux = linux;
        this.dirs = dirs;
        this.process = process;
    }

    /** Attaches. The process is held meanwhile, so that its pid cannot become another's. */
    static void run(Linux linux, List<CgroupDir> dirs, int pid) throws IOException {
        try (PidFd process = PidFd.open(linux, pid).orElseThrow(() -> new ProcessGoneException(pid))) {
            new Attachment(linux, dirs, process).run();
        }
    }

    private void run() throws IOException {
        for (CgroupDir dir : dirs) {
            attach(dir);
        }
        ProcessCgroups now =
                ProcessCgroups.of(linux, process.pid()).orElseThrow(() -> new ProcessGoneException(process.pid()));
        for (CgroupDir dir : dirs) {
            verify(dir, now);
        }
    }

    private void attach(CgroupDir dir) throws IOException {
        Deadline deadline = Deadline.after(BIRTH);
        int tries = 1;
        while (!isThere(dir) && !isAttached(dir, tries >= LEAST_TRIES && deadline.hasPassed())) {
            deadline.pauseInterruptibly();
            tries++;
        }
    }

    /**
     * In a v2 cgroup it may have been born. A move, even to where it is, waits for all CPUs; to look does not. A threaded one
     * cannot be looked into: it would take the process, but not tell of it, nor end it by {@code cgroup.kill}.
     */
    private boolean isThere(CgroupDir dir) throws IOException {
        if (dir.version() == CgroupVersion.V1) {
            return false;
        }
        try {
            return dir.read(Members.PROCS).lines().anyMatch(String.valueOf(process.pid())::equals);
        } catch (ErrnoException e) {
            throw e.is(Errno.EOPNOTSUPP) ? ThreadedCgroupException.refusing(dir, process.pid(), e) : e;
        }
    }

    /** {@return whether it was taken, false if it may be later} */
    private boolean isAttached(CgroupDir dir, boolean last) throws IOException {
        try {
            dir.write(Members.PROCS, String.valueOf(process.pid()));
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH)) {
                throw new ProcessGoneException(process.pid());
            }
            if (e.is(Errno.EOPNOTSUPP)) {
                throw ThreadedCgroupException.refusing(dir, process.pid(), e);
            }
            if (e.is(Errno.EINVAL) && !last) {
                return false;
            }
            throw e;
        }
    }

    /** The kernel takes a process that is about to end without a word, and leaves it where it is. */
    private void verify(CgroupDir dir, ProcessCgroups now) throws IOException {
        String path = pathIn(dir.hierarchy(), now).orElse("none");
        if (path.endsWith(dir.path().toString())) {
            return;
        }
        if (ExitWait.hasEnded(linux, process)) {
            throw new ProcessGoneException(process.pid());
        }
        throw new IOException("process " + process.pid() + " was put into " + dir + " but is in " + path
                + " of that hierarchy; does something else move processes, such as systemd?");
    }

    /**
     * {@return the path that the kernel shows} It may be longer than ours at its start: by the part of the hierarchy that is
     * not in the mount.
     */
    private static Optional<String> pathIn(Hierarchy hierarchy, ProcessCgroups now) {
        if (hierarchy.version() == CgroupVersion.V2) {
            return now.unified();
        }
        return now.legacy(hierarchy.labels());
    }
}
