package org.corral.benchmarks.report;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Files as JMH writes them, with round figures. */
final class Results {

    private Results() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Results.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Path> files(String... names) {
        return Arrays.stream(names).map(Results::file).toList();
    }
}
