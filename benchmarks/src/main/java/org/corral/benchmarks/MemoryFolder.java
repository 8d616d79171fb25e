package org.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where agents that are measured keep their state. */
public final class MemoryFolder {

    private static final Path SHARED = Path.of("/dev/shm");

    private MemoryFolder() {}

    /**
     * {@return a new folder, which is the caller's to delete} In memory, as /run is on most hosts: on a disk, removing a checkpoint
     * waits for the disk.
     */
    public static Path create(String prefix) throws IOException {
        Path above = Files.isWritable(SHARED) ? SHARED : Path.of(System.getProperty("java.io.tmpdir"));
        return Files.createTempDirectory(above, prefix);
    }
}
