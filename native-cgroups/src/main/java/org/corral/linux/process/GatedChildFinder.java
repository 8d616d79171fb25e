package org.corral.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.corral.linux.Linux;

/**
 * Finds the pid of a child that posix_spawn(3) has made but not yet returned.
 *
 * <p>{@code /proc/self/task/<tid>/children} lists the children of one thread, and a gate's thread makes one child. Kernels
 * without CONFIG_PROC_CHILDREN do not have it. There all processes are looked through for one that is our child and
 * has our thread's name and our stack: until it executes its program it runs in our memory, and the address of our
 * stack is what no other process can show by chance or on purpose.
 *
 * <p>Immutable.
 */
final class GatedChildFinder {

    private final Linux linux;

    GatedChildFinder(Linux linux) {
        this.linux = linux;
    }

    /** {@return the child of a gate's thread, empty while there is none} */
    OptionalInt find(int threadId, String threadName) throws IOException {
        Path children = linux.path("/proc/self/task/" + threadId + "/children");
        try {
            return Arrays.stream(Files.readString(children).strip().split(" "))
                    .filter(pid -> !pid.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .findFirst();
        } catch (NoSuchFileException e) {
            return scan(threadName);
        }
    }

    private OptionalInt scan(String threadName) throws IOException {
        ProcStat self = ProcessTable.find(linux, linux.processes().pid())
                .orElseThrow(() -> new IOException("/proc does not show this process: mount proc(5) at /proc"));
        return ProcessTable.read(linux).processes().stream()
                .filter(p -> p.parent() == self.pid() && p.comm().equals(threadName))
                .filter(p -> p.startStack() == self.startStack())
                .mapToInt(ProcStat::pid)
                .findFirst();
    }
}
