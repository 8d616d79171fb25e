package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process as {@code /proc/<pid>/stat} tells of it — proc_pid_stat(5). Immutable.
 *
 * @param pid its number
 * @param command the name of its program
 * @param state its state, {@code Z} for a zombie
 * @param parent the number of its parent
 */
record ProcessEntry(int pid, String command, String state, int parent) {

    /** {@return the children of a process, their children, and so on} */
    static List<ProcessEntry> descendantsOf(int pid) throws IOException {
        List<ProcessEntry> unrelated = new ArrayList<>(all());
        List<ProcessEntry> found = new ArrayList<>();
        Set<Integer> family = new HashSet<>(Set.of(pid));
        while (unrelated.removeIf(entry -> family.contains(entry.parent()) && found.add(entry))) {
            found.forEach(entry -> family.add(entry.pid()));
        }
        return found;
    }

    private static List<ProcessEntry> all() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .flatMap(path -> read(path.resolve("stat")).stream())
                    .toList();
        }
    }

    private static Optional<ProcessEntry> read(Path stat) {
        try {
            return Optional.of(parse(Files.readString(stat)));
        } catch (IOException e) {
            return Optional.empty(); // it ended since it was listed
        }
    }

    /** The program's name may itself hold spaces and parentheses. */
    private static ProcessEntry parse(String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        List<String> rest = List.of(stat.substring(close + 2).split(" ", -1));
        return new ProcessEntry(
                Integer.parseInt(stat.substring(0, open).strip()),
                stat.substring(open + 1, close),
                rest.get(0),
                Integer.parseInt(rest.get(1)));
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + command + "), state " + state + ", child of " + parent;
    }
}
