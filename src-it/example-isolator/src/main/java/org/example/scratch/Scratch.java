package org.example.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.usage.ContainerUsage;

/**
 * {@code example/scratch}: gives each container a directory of its own, which the variable {@code SCRATCH} names, and
 * removes it with the container. It knows a container by its name alone, so that one of an earlier agent needs no more.
 */
final class Scratch implements Isolator {

    private final Path directory;

    Scratch(Path directory) {
        this.directory = directory;
    }

    @Override
    public String name() {
        return ScratchProvider.NAME;
    }

    private Path of(ContainerId id) {
        return directory.resolve("corral-scratch-" + id.value());
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        Files.createDirectory(of(id));
        return Contribution.builder()
                .environment(Map.of("SCRATCH", of(id).toString()))
                .build();
    }

    @Override
    public ContainerUsage usage(ContainerId id) {
        return ContainerUsage.nothing(Instant.now());
    }

    @Override
    public void cleanup(ContainerId id) throws IOException {
        if (Files.isDirectory(of(id))) {
            for (Path path : childrenFirst(of(id))) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> childrenFirst(Path top) throws IOException {
        try (Stream<Path> paths = Files.walk(top)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
