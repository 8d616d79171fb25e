package org.corral.cgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.corral.linux.Linux;
import org.corral.linux.process.ProcStat;
import org.corral.linux.process.ProcessTable;

/**
 * Processes in a v2 cgroup that is to give controllers to its children: the kernel allows one or the other. Immutable.
 *
 * @param cgroup the directory of the cgroup
 * @param self whether this very process is among them
 * @param others the pids of the others, ascending; 0 stands for those of another pid namespace
 * @param commands the first few of the others with their names, as {@code 7 (sh)}; without a name if it cannot be seen
 * @param leaf the cgroup that this process moves to with the first container; empty if no container can be made
 */
public record InternalProcesses(
        String cgroup, boolean self, List<Integer> others, List<String> commands, Optional<String> leaf) {

    /** How many are told by name. */
    private static final int TOLD = 5;

    private static final String RULE =
            "cgroup v2 lets no cgroup both hold processes and give controllers to its children";

    /** Copies the lists. */
    public InternalProcesses {
        others = List.copyOf(others);
        commands = List.copyOf(commands);
    }

    static InternalProcesses of(Linux linux, String cgroup, SortedSet<Integer> pids, Optional<String> leaf)
            throws IOException {
        List<Integer> others = new ArrayList<>(pids);
        boolean self = others.remove(Integer.valueOf(linux.processes().pid()));
        List<String> commands = new ArrayList<>();
        for (int pid : others.subList(0, Math.min(TOLD, others.size()))) {
            commands.add(described(linux, pid));
        }
        return new InternalProcesses(cgroup, self, others, commands, leaf);
    }

    private static String described(Linux linux, int pid) throws IOException {
        Optional<ProcStat> stat = pid == 0 ? Optional.empty() : ProcessTable.find(linux, pid);
        return pid + stat.map(known -> " (" + known.comm() + ")").orElse("");
    }

    /** {@return what follows from it, in one line with the remedy if one is needed} */
    public String consequence() {
        return leaf.map(place ->
                        "this process moves to " + place + " with its first container, and stays there: " + RULE)
                .orElse(cgroup + " holds processes (" + this + "), and " + RULE + ": move them to a cgroup below it, or"
                        + " have systemd start the agent in one with DelegateSubgroup=" + LeafRule.AGENT
                        + ", or give another --root");
    }

    /** {@return the processes, as {@code this process, 7 (sh), 9 (make) and 12 more}} */
    @Override
    public String toString() {
        String told = String.join(", ", commands);
        String more = others.size() > commands.size() ? " and " + (others.size() - commands.size()) + " more" : "";
        String between = self && !others.isEmpty() ? ", " : "";
        return (self ? "this process" : "") + between + told + more;
    }
}
