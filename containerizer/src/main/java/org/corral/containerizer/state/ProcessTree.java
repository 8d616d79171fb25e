package org.corral.containerizer.state;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.corral.linux.process.ProcStat;
import org.corral.linux.process.ProcessTable;

/**
 * The processes of a container that has no cgroup: its first process, the descendants of that, and all of the session
 * that it leads. Immutable.
 *
 * <p>The number of an ended process is not given out again while a session bears it (the kernel keeps it), so the
 * session of an ended first process is still ours; but if the number belongs to another process now, nothing is.
 *
 * @param init the first process
 */
public record ProcessTree(ProcessIdentity init) {

    /** {@return its processes in a table} */
    public List<ProcStat> members(ProcessTable table) {
        boolean reused =
                table.processes().stream().anyMatch(p -> p.pid() == init.pid() && p.startTicks() != init.startTicks());
        if (reused) {
            return List.of();
        }
        Set<Integer> pids = closure(table);
        return table.processes().stream().filter(p -> pids.contains(p.pid())).toList();
    }

    private Set<Integer> closure(ProcessTable table) {
        Set<Integer> pids = new HashSet<>(Set.of(init.pid()));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ProcStat process : table.processes()) {
                if (pids.contains(process.parent()) || process.session() == init.pid()) {
                    grown |= pids.add(process.pid());
                }
            }
        }
        return pids;
    }
}
