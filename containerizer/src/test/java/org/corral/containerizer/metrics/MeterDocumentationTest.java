package org.corral.containerizer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.Isolation;
import org.corral.linux.Linux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of meters in {@code docs/monitoring.md} has what there is, and nothing else. */
class MeterDocumentationTest {

    private static final Path PAGE = Path.of("..", "docs", "monitoring.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z.]+)` \\| ([a-z]+) \\| ([a-z]*) ?\\| ([^|]*)\\| [^|]+ \\|$");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    @TempDir
    Path directory;

    @Test
    void tableOfMeters_everyRow_isAsBound() throws Exception {
        List<String> written = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(MeterDocumentationTest::row)
                .toList();

        assertThat(written).containsExactlyInAnyOrderElementsOf(bound());
    }

    /** {@return name, type, base unit, and the tag's key and values, sorted} */
    private static String row(MatchResult row) {
        Stream<String> tag = WORD.matcher(row.group(4)).results().map(word -> word.group(1));
        return row.group(1) + " " + row.group(2) + " " + row.group(3) + " "
                + tag.sorted().toList();
    }

    private Collection<String> bound() throws Exception {
        CorralOptions options = CorralOptions.defaults(directory.resolve("corral"))
                .withRoot("/corral-unit-test")
                .withIsolation(Isolation.parse("posix/cpu"));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Corral corral = Corral.open(Linux.ofThisHost(), options)) {
            new CorralMetrics(corral).bindTo(registry);
        }
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .distinct()
                .map(name -> row(name, registry.get(name).meters()))
                .toList();
    }

    private static String row(String name, Collection<Meter> same) {
        Meter.Id id = same.iterator().next().getId();
        Stream<String> tags =
                same.stream().flatMap(meter -> meter.getId().getTags().stream()).flatMap(MeterDocumentationTest::words);
        return name + " " + id.getType().name().toLowerCase(Locale.ROOT) + " "
                + Objects.toString(id.getBaseUnit(), "") + " "
                + tags.distinct().sorted().toList();
    }

    private static Stream<String> words(Tag tag) {
        return Stream.of(tag.getKey(), tag.getValue());
    }
}
