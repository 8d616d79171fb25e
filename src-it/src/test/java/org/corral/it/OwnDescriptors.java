package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What this JVM has open, as {@code /proc/self/fd} tells; other threads open and close meanwhile. */
final class OwnDescriptors {

    private static final Path LINKS = Path.of("/proc/self/fd");

    private OwnDescriptors() {}

    /** {@return where each leads, by its number} The directory is closed first, so that it is not among them itself. */
    static Map<Integer, Path> targets() throws IOException {
        List<Path> links;
        try (Stream<Path> entries = Files.list(LINKS)) {
            links = entries.toList();
        }
        Map<Integer, Path> targets = new TreeMap<>();
        for (Path link : links) {
            try {
                targets.put(Integer.valueOf(link.getFileName().toString()), Files.readSymbolicLink(link));
            } catch (NoSuchFileException e) {
                // closed since it was listed
            }
        }
        return targets;
    }
}
