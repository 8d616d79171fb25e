package org.corral.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Termination;

/** What agents that were killed have said of their containers, and what the next one makes of it. */
final class Ledger {

    private final Map<ContainerId, Integer> running = new HashMap<>();
    private final Set<ContainerId> unwanted = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private int kills;
    private int launched;
    private int found;
    private int ended;
    private int unknown;
    private int toldBefore;

    /** Notes what an agent said until it was killed. */
    void note(List<String> lines) {
        kills++;
        Map<ContainerId, Integer> refound = new HashMap<>();
        Set<ContainerId> before = Set.copyOf(running.keySet());
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "L" -> launched(ContainerId.of(words[1]), Integer.parseInt(words[2]));
                case "R" -> refound.put(ContainerId.of(words[1]), Integer.valueOf(words[2]));
                case "D" -> unwanted.add(ContainerId.of(words[1]));
                case "E" -> ended(ContainerId.of(words[1]), Integer.parseInt(words[2]));
                case "failed" -> faults.add("an agent " + line);
                default -> {}
            }
        }
        if (lines.contains("recovered")) {
            requireStaying(before, refound);
        }
    }

    private void launched(ContainerId id, int pid) {
        launched++;
        running.put(id, pid);
    }

    private void ended(ContainerId id, int shellCode) {
        running.remove(id);
        if (shellCode >= 0 && !isRight(id, shellCode)) {
            faults.add("wrong status " + shellCode + " of " + id);
        }
    }

    private boolean isRight(ContainerId id, int shellCode) {
        Optional<ExitStatus> own = Behaviour.of(id).end();
        return (own.isPresent() && own.get().shellCode() == shellCode)
                || (unwanted.contains(id) && shellCode == Behaviour.DESTROYED.shellCode());
    }

    private void requireStaying(Set<ContainerId> before, Map<ContainerId, Integer> refound) {
        for (ContainerId id : before) {
            if (Behaviour.of(id) == Behaviour.STAYS && !unwanted.contains(id) && !refound.containsKey(id)) {
                faults.add("lost by a busy agent: " + id);
            }
        }
    }

    /** Compares with what the next agent, this process, has found. */
    void compare(Host host, Set<ContainerId> recovered) throws IOException {
        Map<ContainerId, Integer> before = Map.copyOf(running);
        running.clear();
        Map<ContainerId, OptionalInt> pids = host.pids();
        for (ContainerId id : recovered) {
            int told = before.getOrDefault(id, 0);
            int pid = pids.getOrDefault(id, OptionalInt.empty()).orElse(told); // it may have ended just now
            running.put(id, pid);
            found++;
            if (told != pid && told != 0) {
                faults.add("wrong pid " + pid + " of " + id + ", which had " + told);
            }
        }
        for (ContainerId id : before.keySet()) {
            if (!recovered.contains(id)) {
                compareEnded(id, Host.await(host.containers().wait(id)));
            }
        }
    }

    /** Of what had ended the killed agent may have told its user, and died before it told us. */
    private void compareEnded(ContainerId id, Optional<Termination> end) {
        boolean mayEnd = Behaviour.of(id) != Behaviour.STAYS || unwanted.contains(id);
        if (!mayEnd) {
            faults.add("lost: " + id + ", " + end);
        } else if (end.isPresent()) {
            ended++;
            tell(id, end.get(), false);
        } else {
            toldBefore++;
        }
    }

    /** Notes the end of a container, which this process saw or not. */
    void tell(ContainerId id, Termination end, boolean mustKnow) {
        running.remove(id);
        if (end.status().isEmpty()) {
            unknown++;
            if (mustKnow) {
                faults.add("unknown status of " + id);
            }
        } else if (!isRight(id, end.status().get().shellCode())) {
            faults.add("wrong status " + end.status().get() + " of " + id);
        }
    }

    void destroying(ContainerId id) {
        unwanted.add(id);
    }

    void stray(String what) {
        faults.add("stray " + what);
    }

    List<String> faults() {
        return faults;
    }

    @Override
    public String toString() {
        return "killed " + kills + " agents: " + launched + " launches had returned, " + found + " found running, "
                + ended
                + " ended meanwhile, " + toldBefore + " whose end the killed agent had told or was about to, " + unknown
                + " statuses unknown; "
                + count("lost") + " lost, " + count("stray") + " strays, " + count("wrong") + " wrong statuses";
    }

    private long count(String word) {
        return faults.stream().filter(fault -> fault.startsWith(word)).count();
    }
}
