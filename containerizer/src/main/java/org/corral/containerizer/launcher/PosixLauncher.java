package org.corral.containerizer.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.ProcessTree;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;
import org.corral.linux.Deadline;
import org.corral.linux.Linux;
import org.corral.linux.process.PidFd;
import org.corral.linux.process.ProcStat;
import org.corral.linux.process.ProcessTable;
import org.jspecify.annotations.Nullable;

/**
 * {@code posix}: for hosts where cgroups cannot be used. Ends the first process, its descendants and its session; a
 * process that left its session after its parent had ended is not found.
 */
public final class PosixLauncher implements Launcher {

    private static final int SIGKILL = 9;
    private static final int SIGSTOP = 19;

    private final Linux linux;
    private final Forker forker;
    private final Map<ContainerId, ProcessIdentity> inits = new ConcurrentHashMap<>();

    /** Makes it. */
    public PosixLauncher(Linux linux, Forker forker) {
        this.linux = linux;
        this.forker = forker;
    }

    @Override
    public String name() {
        return "posix";
    }

    @Override
    public Optional<ContainerProcess> recover(RecoveredContainer container) throws IOException {
        Optional<ContainerProcess> process = forker.adopt(container);
        if (process.isPresent()) {
            remember(container.id(), process.get().pid());
        }
        return process;
    }

    @Override
    public GatedProcess fork(ContainerId id, LaunchRequest request, Map<String, String> environment)
            throws LaunchException {
        GatedProcess process = forker.fork(id, request, environment, Optional.empty());
        try {
            remember(id, process.pid());
            return process;
        } catch (IOException e) {
            process.abort();
            throw new LaunchException(
                    LaunchException.Kind.FAILED, "the process made for container " + id + " is not in /proc", e);
        }
    }

    private void remember(ContainerId id, int pid) throws IOException {
        ProcessIdentity.of(linux, pid).ifPresent(init -> inits.put(id, init));
    }

    @Override
    public void destroy(ContainerId id, Duration timeout) throws IOException {
        ProcessIdentity init = inits.get(id);
        if (init == null) {
            return;
        }
        Deadline deadline = Deadline.after(timeout);
        stopAll(init, deadline);
        List<ProcStat> left = membersOf(init);
        while (!left.isEmpty()) {
            if (deadline.hasPassed()) {
                throw new IOException("processes of container " + id + " do not end: "
                        + left.stream().map(ProcStat::pid).toList());
            }
            signalEach(left, SIGKILL);
            deadline.pause();
            left = membersOf(init);
        }
        inits.remove(id);
    }

    /** First of all, and until no new one is seen: the child of one that is killed while it forks would not be found. */
    private void stopAll(ProcessIdentity init, Deadline deadline) throws IOException {
        Set<Integer> stopped = new HashSet<>();
        List<ProcStat> members = membersOf(init);
        while (stopped.addAll(members.stream().map(ProcStat::pid).toList()) && !deadline.hasPassed()) {
            signalEach(members, SIGSTOP);
            members = membersOf(init);
        }
    }

    /** Without ended ones that wait for their parent to reap them. */
    private List<ProcStat> membersOf(ProcessIdentity init) throws IOException {
        return new ProcessTree(init)
                .members(ProcessTable.read(linux)).stream()
                        .filter(process -> process.state() != 'Z' && process.state() != 'X')
                        .filter(process -> process.pid() > 1
                                && process.pid() != linux.processes().pid())
                        .toList();
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
                boolean same = ProcessTable.find(linux, process.pid())
                        .filter(now -> now.startTicks() == process.startTicks())
                        .isPresent();
                if (same) {
                    pidFd.signal(signal);
                }
            }
        }
    }
}
