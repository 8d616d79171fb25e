package org.corral.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The processes that bear a variable of a test in their environment, whoever their parent is by now. One that waits at a
 * gate shows that of its agent.
 *
 * @param variable as {@code NAME=value}
 */
record MarkedProcesses(String variable) {

    private static final String NAME = "CORRAL_IT_ROOT";

    static MarkedProcesses of(TestRoot root) {
        return new MarkedProcesses(NAME + "=" + root.name());
    }

    /** {@return the variable, and a PATH} */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(Host.PATH);
        environment.put(NAME, variable.substring(NAME.length() + 1));
        return environment;
    }

    /** {@return their pids, each with its command line and its cgroups; without ended ones} */
    Map<Integer, String> running() throws IOException {
        Map<Integer, String> found = new TreeMap<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            List<Path> processes = entries.filter(
                            path -> path.getFileName().toString().matches("\\d+"))
                    .toList();
            for (Path process : processes) {
                addIfMarked(process, found);
            }
        }
        return found;
    }

    private void addIfMarked(Path process, Map<Integer, String> found) {
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            int pid = Integer.parseInt(process.getFileName().toString());
            if (Arrays.asList(environment.split("\0", -1)).contains(variable) && ProcFiles.isAlive(pid)) {
                found.put(
                        pid,
                        ProcFiles.read(pid, "comm") + ": "
                                + ProcFiles.read(pid, "cmdline").replace('\0', ' ') + "\n"
                                + ProcFiles.read(pid, "cgroup"));
            }
        } catch (IOException e) {
            return; // it ended meanwhile
        }
    }
}
