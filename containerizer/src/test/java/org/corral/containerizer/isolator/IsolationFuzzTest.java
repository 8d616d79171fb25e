package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.corral.core.testing.Refusals;

/** Lists of isolators that people write, and options for them. */
class IsolationFuzzTest {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789_.-";

    @FuzzTest
    void parse_anyText_isNamesOfDifferentKindsOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<Isolation> isolation = Refusals.accepted(() -> Isolation.parse(text), IllegalArgumentException.class);

        assertThat(isolation.isPresent()).isEqualTo(isUsable(text.strip()));
        isolation.ifPresent(known -> assertThat(Isolation.parse(written(known))).isEqualTo(known));
    }

    private static String written(Isolation isolation) {
        List<String> words = new ArrayList<>(isolation.isAuto() ? List.of("auto") : List.of());
        words.addAll(isolation.names());
        return String.join(",", words);
    }

    private static boolean isUsable(String list) {
        List<String> words = Arrays.asList(list.split(",", -1));
        List<String> names = words.get(0).equals("auto") ? words.subList(1, words.size()) : words;
        Set<String> kinds = new HashSet<>();
        return names.stream().allMatch(name -> isName(name) && kinds.add(kind(name)));
    }

    private static String kind(String name) {
        return name.startsWith("posix/") ? "cgroups/" + name.substring("posix/".length()) : name;
    }

    private static boolean isName(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && isPart(name.substring(0, slash)) && isPart(name.substring(slash + 1));
    }

    private static boolean isPart(String part) {
        return !part.isEmpty()
                && "_.-".indexOf(part.charAt(0)) < 0
                && part.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    @FuzzTest
    void parseOption_anyText_isNameKeyAndValueOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<IsolatorOption> option =
                Refusals.accepted(() -> IsolatorOption.parse(text), IllegalArgumentException.class);

        option.ifPresent(known ->
                assertThat(known.place() + "=" + known.value()).isEqualTo(text).doesNotStartWith(":"));
        assertThat(option.isPresent()).isEqualTo(hasAllParts(text));
    }

    private static boolean hasAllParts(String text) {
        int equals = text.indexOf('=');
        int colon = text.indexOf(':');
        return colon > 0 && equals > colon + 1 && text.lastIndexOf(':', equals) == colon;
    }
}
