package org.corral.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code /proc/<pid>/stat} below a directory that stands for the root of a host. */
public final class ProcFixture {

    private final Path root;
    private long userTicks;
    private long systemTicks;
    private long startTicks = 1000;
    private long residentPages = 1;
    private long startStack = 7;

    /** Writes below that directory. */
    public ProcFixture(Path root) {
        this.root = root;
    }

    /** Sets the CPU time of the processes written from now on; their children's is ten times as much. */
    public ProcFixture ticks(long user, long system) {
        userTicks = user;
        systemTicks = system;
        return this;
    }

    /** Sets the start time of the processes written from now on. */
    public ProcFixture startedAt(long ticks) {
        startTicks = ticks;
        return this;
    }

    /** Sets the resident pages of the processes written from now on. */
    public ProcFixture pages(long resident) {
        residentPages = resident;
        return this;
    }

    /** Sets the bottom of the stack of the processes written from now on. */
    public ProcFixture stack(long address) {
        startStack = address;
        return this;
    }

    /** Writes one process, over what was there. */
    public ProcFixture process(int pid, String comm, char state, int parent, int session) throws IOException {
        Path directory = Files.createDirectories(root.resolve("proc").resolve(Integer.toString(pid)));
        String line = String.join(
                " ",
                pid + " (" + comm + ") " + state + " " + parent + " " + session + " " + session + " 0 -1 0 0 0 0 0",
                userTicks + " " + systemTicks + " " + 10 * userTicks + " " + 10 * systemTicks,
                "20 0 1 0 " + startTicks + " 1000000 " + residentPages + " 18446744073709551615 1 2 " + startStack,
                "0 0 0 0\n");
        Files.writeString(directory.resolve("stat"), line, ISO_8859_1);
        return this;
    }

    /** Removes a process. */
    public ProcFixture remove(int pid) throws IOException {
        Path directory = root.resolve("proc").resolve(Integer.toString(pid));
        Files.deleteIfExists(directory.resolve("stat"));
        Files.deleteIfExists(directory);
        return this;
    }
}
