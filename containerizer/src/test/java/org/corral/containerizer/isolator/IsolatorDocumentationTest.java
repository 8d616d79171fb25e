package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/isolators.md} must not lag behind. */
class IsolatorDocumentationTest {

    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "."), "../docs/isolators.md");
    private static final int LEAST_LINES = 15;

    static Stream<RegisteredIsolator> registered() {
        return IsolatorRegistry.builtIn().all().stream();
    }

    @ParameterizedTest
    @MethodSource("registered")
    void document_registeredIsolator_hasAnEntryAndALine(RegisteredIsolator isolator) throws IOException {
        String text = Files.readString(DOCUMENT);
        List<String> sections = Arrays.stream(text.split("\n## ", -1))
                .filter(section -> section.startsWith(isolator.name() + "\n"))
                .toList();

        assertThat(sections).as("an entry for %s", isolator.name()).hasSize(1);
        assertThat(sections.get(0).lines().count()).isGreaterThan(LEAST_LINES);
        assertThat(sections.get(0)).contains("**Needs**", "eports**", "nds**");
        assertThat(text).contains("| [`" + isolator.name() + "`](#");
    }

    @ParameterizedTest
    @MethodSource("registered")
    void document_option_isInTheEntry(RegisteredIsolator isolator) throws IOException {
        String text = Files.readString(DOCUMENT);
        for (String key : isolator.options()) {
            assertThat(text).contains("`" + isolator.name() + ":" + key + "=");
        }
    }
}
