package org.corral.it;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.corral.linux.Linux;

/** Processes that descend from this JVM, zombies included, and did not when the test began. */
record ProcessTrace(Linux linux, Set<Integer> before) implements Trace {

    ProcessTrace {
        before = Set.copyOf(before);
    }

    static ProcessTrace since(Linux linux) throws IOException {
        Set<Integer> pids = ProcessEntry.descendantsOf(linux.processes().pid()).stream()
                .map(ProcessEntry::pid)
                .collect(Collectors.toSet());
        return new ProcessTrace(linux, pids);
    }

    @Override
    public List<String> left() throws IOException {
        return entries().stream().map(ProcessEntry::toString).toList();
    }

    @Override
    public void remove() throws IOException {
        for (ProcessEntry entry : entries()) {
            Killer.killAndReap(linux, entry.pid());
        }
    }

    private List<ProcessEntry> entries() throws IOException {
        return ProcessEntry.descendantsOf(linux.processes().pid()).stream()
                .filter(entry -> !before.contains(entry.pid()))
                .toList();
    }
}
