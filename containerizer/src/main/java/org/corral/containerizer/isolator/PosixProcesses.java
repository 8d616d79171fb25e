package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.ProcessTree;
import org.corral.core.ContainerId;
import org.corral.core.UnknownContainerException;
import org.corral.linux.Linux;
import org.corral.linux.process.ProcStat;
import org.corral.linux.process.ProcessTable;

/** The processes of containers without cgroups, as {@code /proc} shows them. Thread-safe. */
public final class PosixProcesses {

    private final Linux linux;
    private final Map<ContainerId, ProcessIdentity> inits = new ConcurrentHashMap<>();
    private final Map<ContainerId, ProcStat> ended = new ConcurrentHashMap<>();

    /** Knows no container yet. */
    public PosixProcesses(Linux linux) {
        this.linux = linux;
    }

    void begin(ContainerId id, int pid) throws IOException {
        ProcessIdentity.of(linux, pid).ifPresent(init -> inits.put(id, init));
    }

    /** Keeps what {@code /proc} said of a first process when it had ended. */
    public void end(ContainerId id, ProcStat stat) {
        if (inits.containsKey(id)) {
            ended.put(id, stat);
        }
    }

    void forget(ContainerId id) {
        inits.remove(id);
        ended.remove(id);
    }

    /** {@return the processes there are; once the first has ended that one, as it was then, and those it left behind} */
    List<ProcStat> of(ContainerId id) throws IOException {
        ProcessIdentity init = inits.get(id);
        if (init == null) {
            throw new UnknownContainerException(id);
        }
        List<ProcStat> there = new ProcessTree(init).members(ProcessTable.read(linux));
        Optional<ProcStat> gone = Optional.ofNullable(ended.get(id));
        return gone.isEmpty() || there.stream().anyMatch(p -> p.pid() == init.pid())
                ? there
                : Stream.concat(gone.stream(), there.stream()).toList();
    }
}
