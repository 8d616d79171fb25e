package org.corral.linux.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.corral.core.ExitStatus;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a process ended that is not our child. Before its parent has reaped it, {@code /proc/<pid>/stat} tells (field 52,
 * exit_code: proc(5)); after that a descriptor that was opened before does (PIDFD_INFO_EXIT, Linux 6.15).
 *
 * @param linux the kernel
 * @param process stays the caller's
 */
record ForeignExit(Linux linux, PidFd process) {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignExit.class);
    private static final int EXIT_CODE = 52;

    /** {@return how it ended; empty while it runs, and where the kernel does not tell} */
    Optional<ExitStatus> status() {
        Optional<ExitStatus> status = ofReaped();
        if (status.isEmpty()) {
            status = ofZombie();
        }
        return status.isPresent() ? status : ofReaped(); // by now
    }

    private Optional<ExitStatus> ofReaped() {
        try {
            return linux.processes().exitStatus(process.fd().number());
        } catch (ErrnoException e) {
            LOG.debug("the kernel does not tell how {} ended", process, e);
            return Optional.empty();
        }
    }

    private Optional<ExitStatus> ofZombie() {
        try {
            Path proc = linux.path("/proc/" + process.pid());
            Optional<Integer> status = waitStatus(Files.readString(proc.resolve("stat"), ISO_8859_1));
            boolean told = status.isPresent() && (status.get() != 0 || isTold(proc));
            return told && process.isAlive() // not reaped, so the number is no other process's
                    ? status.map(ExitStatus::ofWaitStatus)
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} is reaped or hidden", process, e);
            return Optional.empty();
        }
    }

    private static Optional<Integer> waitStatus(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
        boolean ended = fields.length > EXIT_CODE - 3 && fields[0].equals("Z");
        return ended ? Optional.of(Integer.valueOf(fields[EXIT_CODE - 3])) : Optional.empty();
    }

    /** Who may not trace the process is shown a 0, and may not read its namespaces either. */
    private static boolean isTold(Path proc) {
        try {
            Files.readSymbolicLink(proc.resolve("ns/user"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
