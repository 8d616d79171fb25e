package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Texts of {@code /proc/<pid>}, read without the code under test. */
final class ProcFiles {

    private ProcFiles() {}

    /** {@return the cgroup that {@code /proc/<pid>/cgroup} tells for each controller; v2's has the name ""} */
    static Map<String, String> cgroups(String text) {
        Map<String, String> paths = new TreeMap<>();
        for (String line : text.lines().toList()) {
            List<String> parts = Arrays.asList(line.split(":", 3));
            for (String controller : parts.get(1).split(",", -1)) {
                paths.put(controller, parts.get(2));
            }
        }
        return paths;
    }

    /** {@return the cgroup of a controller, on the version that has it on this host} */
    static String cgroup(String text, String controller) throws IOException {
        return cgroups(text).getOrDefault(CgroupMount.of(controller).isV2() ? "" : controller, "none");
    }

    /** {@return what stands after a key, as in {@code CapInh:	0} of {@code /proc/<pid>/status}} */
    static String after(String key, String text) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + key + "' in " + text));
    }

    static String read(int pid, String file) throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(pid), file)).strip();
    }

    /** {@return whether a process is there and has not ended} */
    static boolean isAlive(int pid) {
        try {
            String state = after("State:", read(pid, "status"));
            return !state.startsWith("Z") && !state.startsWith("X");
        } catch (IOException e) {
            return false;
        }
    }
}
