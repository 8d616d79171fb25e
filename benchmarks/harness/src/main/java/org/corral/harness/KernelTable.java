package org.corral.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of the kernel's with lines as {@code MemAvailable:   23010208 kB}. Immutable.
 *
 * @param path where it is
 * @param lines of it
 */
public record KernelTable(Path path, List<String> lines) {

    private static final long KIBIBYTE = 1024;

    /** Copies the lines. */
    public KernelTable {
        lines = List.copyOf(lines);
    }

    /** Reads it. */
    public static KernelTable of(Path path) throws IOException {
        return new KernelTable(path, Files.readAllLines(path));
    }

    /**
     * {@return a size in bytes}
     *
     * @throws IOException if there is no such line
     */
    public long bytes(String name) throws IOException {
        Optional<String> found =
                lines.stream().filter(line -> line.startsWith(name + ":")).findFirst();
        String line = found.orElseThrow(() -> new IOException(path + " tells no " + name));
        return KIBIBYTE
                * Long.parseLong(
                        line.substring(name.length() + 1).replace("kB", "").strip());
    }
}
