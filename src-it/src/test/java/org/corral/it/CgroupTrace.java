package org.corral.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.corral.linux.Linux;

/** Cgroups of a name, and what is below them, in all mounted hierarchies. */
record CgroupTrace(Linux linux, String name) implements Trace {

    private static final String CGROUP_PROCS = "cgroup.procs";
    private static final String CGROUP_FREEZE = "cgroup.freeze";
    private static final String FREEZER_STATE = "freezer.state";
    private static final int DEPTH = 3;
    private static final int ATTEMPTS = 250;
    private static final long PAUSE_MILLIS = 20;

    @Override
    public List<String> left() throws IOException {
        List<String> left = new ArrayList<>();
        for (Path cgroup : cgroups()) {
            left.add("cgroup " + cgroup + " with processes " + processes(cgroup));
        }
        return left;
    }

    /** Thaws before it kills: a frozen process does not die on v1. */
    @Override
    public void remove() throws IOException {
        for (Path cgroup : cgroups()) {
            write(cgroup.resolve(FREEZER_STATE), "THAWED");
            write(cgroup.resolve(CGROUP_FREEZE), "0");
        }
        for (Path cgroup : cgroups()) {
            for (int pid : processes(cgroup)) {
                Killer.kill(linux, pid);
            }
        }
        List<Path> deepestFirst = new ArrayList<>(cgroups());
        deepestFirst.sort(Comparator.reverseOrder());
        for (Path cgroup : deepestFirst) {
            removeWhenEmpty(cgroup);
        }
    }

    private List<Path> cgroups() throws IOException {
        List<Path> found = new ArrayList<>();
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            for (Path top : Tree.directories(mount.point(), DEPTH)) {
                if (top.getFileName().toString().equals(name)) {
                    found.addAll(Tree.directories(top, Integer.MAX_VALUE));
                }
            }
        }
        return found;
    }

    private static List<Integer> processes(Path cgroup) {
        try (Stream<String> lines = Files.lines(cgroup.resolve(CGROUP_PROCS))) {
            return lines.map(Integer::valueOf).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // the cgroup went while it was read
        }
    }

    private static void write(Path file, String value) throws IOException {
        if (Files.exists(file)) {
            Files.writeString(file, value, StandardOpenOption.WRITE);
        }
    }

    private static void removeWhenEmpty(Path cgroup) throws IOException {
        for (int i = 0; i < ATTEMPTS && Files.exists(cgroup); i++) {
            try {
                Files.deleteIfExists(cgroup);
            } catch (FileSystemException e) {
                Pause.millis(PAUSE_MILLIS); // EBUSY until the last process is gone
            }
        }
    }
}
