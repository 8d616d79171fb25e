package org.corral.it;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A v2 cgroup of the test's own name, as somebody would hand it to an agent. Closing it removes it with all below. */
final class DelegatedCgroup implements AutoCloseable {

    private static final List<String> FILES =
            List.of("cgroup.procs", "cgroup.threads", "cgroup.subtree_control", "cgroup.type");

    private static final int ATTEMPTS = 250;
    private static final long PAUSE_MILLIS = 20;

    private final Path path;

    private DelegatedCgroup(Path path) {
        this.path = path;
    }

    static DelegatedCgroup make(TestRoot root) throws IOException {
        return new DelegatedCgroup(
                Files.createDirectory(CgroupMount.unified().orElseThrow().directory(root)));
    }

    static Path mountPoint() throws IOException {
        return CgroupMount.unified().orElseThrow().point();
    }

    Path path() {
        return path;
    }

    Path make(String name) throws IOException {
        return Files.createDirectory(path.resolve(name));
    }

    /** Hands a cgroup over as admin-guide/cgroup-v2.rst says, section Delegation. */
    static void giveTo(int user, Path cgroup) throws IOException {
        Files.setAttribute(cgroup, "unix:uid", user);
        for (String file : FILES) {
            Files.setAttribute(cgroup.resolve(file), "unix:uid", user);
        }
    }

    static void write(Path cgroup, String file, String value) throws IOException {
        Files.writeString(cgroup.resolve(file), value, StandardOpenOption.WRITE);
    }

    static String read(Path cgroup, String file) throws IOException {
        return Files.readString(cgroup.resolve(file)).strip();
    }

    /** {@return the beginning of a command line that is executed in a cgroup} */
    static List<String> into(Path cgroup) {
        return List.of("sh", "-c", "echo $$ > " + cgroup.resolve("cgroup.procs") + " && exec \"$@\"", "sh");
    }

    /** {@return the names of the cgroups below, at any depth, as paths from here} */
    List<String> below() throws IOException {
        return Tree.directories(path, Integer.MAX_VALUE).stream()
                .filter(directory -> !directory.equals(path))
                .map(directory -> path.relativize(directory).toString())
                .sorted()
                .toList();
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst = new ArrayList<>(Tree.directories(path, Integer.MAX_VALUE));
        Collections.reverse(deepestFirst);
        for (Path cgroup : deepestFirst) {
            remove(cgroup);
        }
    }

    /** EBUSY as long as a process that was killed has not gone. */
    private static void remove(Path cgroup) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                Files.deleteIfExists(cgroup);
                return;
            } catch (FileSystemException e) {
                Pause.millis(PAUSE_MILLIS);
            }
        }
        throw new IOException(cgroup + " is still in use");
    }
}
