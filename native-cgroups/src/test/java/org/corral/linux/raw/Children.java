package org.corral.linux.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.core.ExitStatus;
import org.corral.linux.errno.ErrnoException;

/** Real children of the test, made by posix_spawn(3) and reaped by pidfd. */
final class Children {

    private static final Syscalls KERNEL = Syscalls.ofThisHost();

    private Children() {}

    static SpawnPlan plan(List<SpawnPlan.Action> actions, String... command) {
        return new SpawnPlan(command[0], List.of(command), List.of("PATH=/usr/bin:/bin"), actions, false);
    }

    static ExitStatus run(SpawnPlan plan) throws Exception {
        return await(KERNEL.processes().spawn(plan));
    }

    static ExitStatus await(int pid) throws Exception {
        int pidFd = KERNEL.processes().pidfdOpen(pid);
        try {
            Optional<ExitStatus> status = KERNEL.processes().wait(pidFd);
            while (status.isEmpty()) {
                Thread.sleep(1);
                status = KERNEL.processes().wait(pidFd);
            }
            return status.get();
        } finally {
            KERNEL.files().close(pidFd);
        }
    }

    static void kill(int pid) throws ErrnoException {
        int pidFd = KERNEL.processes().pidfdOpen(pid);
        try {
            KERNEL.processes().pidfdSendSignal(pidFd, 9);
        } finally {
            KERNEL.files().close(pidFd);
        }
    }

    /** {@return the children of the calling thread, zombies included} */
    static List<String> ofThisThread() throws IOException {
        String pids = Files.readString(Path.of("/proc/thread-self/children")).strip();
        return pids.isEmpty() ? List.of() : List.of(pids.split(" ", -1));
    }
}
