package org.corral.containerizer.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.ProcessTree;
import org.corral.linux.Deadline;
import org.corral.linux.Linux;
import org.corral.linux.process.PidFd;
import org.corral.linux.process.ProcStat;
import org.corral.linux.process.ProcessTable;
import org.jspecify.annotations.Nullable;

/**
 * Kills a process, its descendants and the session that it leads. A process that left the session after its parent had
 * ended is not found. Thread-safe.
 */
public final class TreeKill {

    private static final int SIGKILL = 9;
    private static final int SIGSTOP = 19;

    private final Linux linux;

    /** Makes it for a host. */
    public TreeKill(Linux linux) {
        this.linux = linux;
    }

    /**
     * Kills all of them, and returns when they are gone, or wait for their parent as zombies.
     *
     * @param first the process; it need not run any more
     * @param whose whose processes they are, for the error message
     * @throws IOException if some of them do not end in time, naming them; EPERM among others
     */
    public void kill(ProcessIdentity first, Duration timeout, String whose) throws IOException {
        Deadline deadline = Deadline.after(timeout);
        Set<ProcessIdentity> known = stopAll(first, deadline);
        List<ProcStat> left = left(first, known);
        while (!left.isEmpty()) {
            if (deadline.hasPassed()) {
                throw new IOException("processes of " + whose + " do not end: "
                        + left.stream().map(ProcStat::pid).toList());
            }
            signalEach(left, SIGKILL);
            deadline.pause();
            left = left(first, known);
        }
    }

    /**
     * First of all, and until no new one is seen: the child of one that is killed while it forks would not be found.
     *
     * @return all that were seen
     */
    private Set<ProcessIdentity> stopAll(ProcessIdentity first, Deadline deadline) throws IOException {
        Set<ProcessIdentity> stopped = new HashSet<>();
        List<ProcStat> members = left(first, stopped);
        while (stopped.addAll(members.stream().map(TreeKill::identity).toList()) && !deadline.hasPassed()) {
            signalEach(members, SIGSTOP);
            members = left(first, stopped);
        }
        return stopped;
    }

    private static ProcessIdentity identity(ProcStat process) {
        return new ProcessIdentity(process.pid(), process.startTicks());
    }

    /** Also of those that are no descendants any more because their parent has ended before them. */
    private List<ProcStat> left(ProcessIdentity first, Set<ProcessIdentity> known) throws IOException {
        ProcessTable table = ProcessTable.read(linux);
        Set<ProcStat> left = new LinkedHashSet<>(new ProcessTree(first).members(table));
        table.processes().stream().filter(one -> known.contains(identity(one))).forEach(left::add);
        return left.stream().filter(this::mayBeKilled).toList();
    }

    /** Without ended ones that wait for their parent to reap them. */
    private boolean mayBeKilled(ProcStat process) {
        return process.state() != 'Z'
                && process.state() != 'X'
                && process.pid() > 1
                && process.pid() != linux.processes().pid();
    }

    /** Attempts all: one that may not be signalled, as it runs as another user, must not keep the others alive. */
    private void signalEach(List<ProcStat> processes, int signal) throws IOException {
        @Nullable IOException first = null;
        for (ProcStat process : processes) {
            try {
                signal(process, signal);
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void signal(ProcStat process, int signal) throws IOException {
        Optional<PidFd> held = PidFd.open(linux, process.pid());
        if (held.isPresent()) {
            try (PidFd pidFd = held.get()) {
                if (identity(process).find(linux).isPresent()) {
                    pidFd.signal(signal);
                }
            }
        }
    }
}
