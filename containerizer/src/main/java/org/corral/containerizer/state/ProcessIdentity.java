package org.corral.containerizer.state;

import java.io.IOException;
import java.util.Optional;
import org.corral.linux.Linux;
import org.corral.linux.process.ProcStat;
import org.corral.linux.process.ProcessTable;

/**
 * A process beyond doubt: numbers come again, but not with the same start time in the same boot. Immutable.
 *
 * @param pid the process id
 * @param startTicks clock ticks after boot when it started, field 22 of {@code /proc/<pid>/stat} (proc(5))
 */
public record ProcessIdentity(int pid, long startTicks) {

    /** Refuses numbers that no process has. */
    public ProcessIdentity {
        if (pid < 1 || startTicks < 0) {
            throw new IllegalArgumentException("pid " + pid + ", started at " + startTicks + ", is no process");
        }
    }

    /**
     * {@return the identity of a process, empty if there is no such process}
     *
     * @throws IOException if {@code /proc} does not tell
     */
    public static Optional<ProcessIdentity> of(Linux linux, int pid) throws IOException {
        return ProcessTable.find(linux, pid).map(stat -> new ProcessIdentity(pid, stat.startTicks()));
    }

    /** {@return no process at all: no other than the kernel's own has started at tick 0} */
    public static ProcessIdentity nobody(int pid) {
        return new ProcessIdentity(pid, 0);
    }

    /**
     * {@return what is to be said of that very process, empty if it is gone; it may have ended and wait to be reaped}
     *
     * @throws IOException if {@code /proc} does not tell
     */
    public Optional<ProcStat> find(Linux linux) throws IOException {
        return ProcessTable.find(linux, pid).filter(stat -> stat.startTicks() == startTicks);
    }

    /**
     * {@return whether that very process is there and has not ended}
     *
     * @throws IOException if {@code /proc} does not tell
     */
    public boolean isAlive(Linux linux) throws IOException {
        return find(linux).filter(ProcessIdentity::runs).isPresent();
    }

    private static boolean runs(ProcStat stat) {
        return stat.state() != 'Z' && stat.state() != 'X';
    }
}
