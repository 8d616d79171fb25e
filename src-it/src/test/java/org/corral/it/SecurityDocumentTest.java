package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} names tests that there are. */
class SecurityDocumentTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:IT|Test))#(\\w+)`");
    private static final Pattern ROW = Pattern.compile("\\|([^|]*)\\|([^|]*)\\|(?:([^|]*)\\|)?");
    private static final List<String> MODULES = List.of("core", "native-cgroups", "containerizer", "src-it");

    private static String page() throws IOException {
        return Files.readString(Cli.HOME.resolve("docs/security.md"));
    }

    private static Map<String, Path> tests() throws IOException {
        Map<String, Path> found = new HashMap<>();
        for (String module : MODULES) {
            for (Path file : Tree.files(Cli.HOME.resolve(module).resolve("src/test/java"))) {
                found.put(file.getFileName().toString().replace(".java", ""), file);
            }
        }
        return found;
    }

    private static List<MatchResult> named(String text) {
        return NAMED.matcher(text).results().toList();
    }

    @Test
    void page_namedTests_areThere() throws Exception {
        Map<String, Path> tests = tests();
        List<String> missing = named(page()).stream()
                .filter(name -> !isTest(tests, name.group(1), name.group(2)))
                .map(MatchResult::group)
                .toList();
        assertThat(missing).isEmpty();
    }

    /** By its form alone: a helper is private or static, and has no such name. */
    private static boolean isTest(Map<String, Path> tests, String name, String method) {
        Path file = tests.get(name);
        try {
            Pattern declaration = Pattern.compile("\n    void " + method + "\\(.*\\{\n");
            return file != null && declaration.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void page_everyPromise_namesATest() throws Exception {
        assertThat(rows("## What is promised"))
                .hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(named(row)).as(row).isNotEmpty());
    }

    @Test
    void page_everyIncident_namesATestOrTellsWhyNot() throws Exception {
        assertThat(rows("## Incidents")).hasSizeGreaterThan(15).allSatisfy(row -> assertThat(
                        row.contains("does not apply: ") || !named(row).isEmpty())
                .as(row)
                .isTrue());
    }

    /** {@return the lines of the table in a section, without its head} */
    private static List<String> rows(String section) throws IOException {
        String text = Stream.of(page().split("\n(?=## )", -1))
                .filter(part -> part.startsWith(section))
                .findFirst()
                .orElseThrow();
        return text.lines().filter(line -> ROW.matcher(line).matches()).skip(2).toList();
    }
}
