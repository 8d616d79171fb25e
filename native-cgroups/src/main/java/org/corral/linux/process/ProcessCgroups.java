package org.corral.linux.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.corral.linux.Linux;

/**
 * The cgroups a process is in, one for each hierarchy, from {@code /proc/<pid>/cgroup} (cgroups(7)). Immutable.
 *
 * @param memberships in the order of the file
 */
public record ProcessCgroups(List<Membership> memberships) {

    /** Copies the list. */
    public ProcessCgroups {
        memberships = List.copyOf(memberships);
    }

    /**
     * Parses the file; lines that are not of its form are left out. The name of a cgroup may hold whatever Java takes for the end of a
     * line, but for a newline.
     */
    public static ProcessCgroups parse(String text) {
        return new ProcessCgroups(Arrays.stream(text.split("\n", -1))
                .map(line -> line.split(":", 3)) // the path is last and may hold colons itself
                .filter(fields -> fields.length == 3 && fields[2].startsWith("/"))
                .map(fields -> new Membership(fields[0], new HashSet<>(Arrays.asList(fields[1].split(","))), fields[2]))
                .toList());
    }

    /**
     * Reads them of a process. Bytes of a name that are not UTF-8 become U+FFFD.
     *
     * @return empty if there is no such process
     */
    public static Optional<ProcessCgroups> of(Linux linux, int pid) throws IOException {
        Path file = linux.path("/proc/" + pid + "/cgroup");
        try {
            return Optional.of(parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            // The process ended before the open (ENOENT) or the read (ESRCH, which Java has no exception of its own
            // for).
            if (Files.notExists(file)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** {@return its path in the v2 hierarchy, empty if none is mounted} */
    public Optional<String> unified() {
        return memberships.stream()
                .filter(Membership::isUnified)
                .map(Membership::path)
                .findFirst();
    }

    /**
     * {@return its path in the v1 hierarchy that bears one of these labels, empty if none does}
     *
     * @param labels controllers' v1 names, as {@code cpu}, and names of hierarchies, as {@code name=systemd}
     */
    public Optional<String> legacy(Collection<String> labels) {
        return memberships.stream()
                .filter(membership -> !Collections.disjoint(membership.labels(), labels))
                .map(Membership::path)
                .findFirst();
    }

    /**
     * One line of the file. Immutable.
     *
     * @param hierarchyId the hierarchy's number, {@code 0} for v2
     * @param labels the v1 names of what it carries, and {@code name=…} of a named one; one empty label for v2
     * @param path where the process is, as seen from the root of this process's cgroup namespace
     */
    public record Membership(String hierarchyId, Set<String> labels, String path) {

        /** Copies the labels. */
        public Membership {
            labels = Set.copyOf(labels);
        }

        private boolean isUnified() {
            return hierarchyId.equals("0") && labels.equals(Set.of(""));
        }
    }
}
