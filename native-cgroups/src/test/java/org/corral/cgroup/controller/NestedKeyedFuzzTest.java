package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import org.corral.core.testing.Refusals;

/** Files as {@code io.max}, against a plain reader of them. */
class NestedKeyedFuzzTest {

    @FuzzTest
    void parse_anyText_isAsPlainlyReadOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<NestedKeyed> keyed =
                Refusals.accepted(() -> NestedKeyed.parse("io.max", text), ControlFileFormatException.class);

        assertThat(keyed.map(NestedKeyed::lines)).isEqualTo(plain(text));
    }

    private static Optional<Map<String, Map<String, String>>> plain(String text) {
        Map<String, Map<String, String>> lines = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            StringTokenizer words = new StringTokenizer(line.strip(), " ");
            if (words.hasMoreTokens()) {
                Map<String, String> pairs = new LinkedHashMap<>();
                lines.put(words.nextToken(), pairs);
                if (!readPairs(words, pairs)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(lines);
    }

    private static boolean readPairs(StringTokenizer words, Map<String, String> pairs) {
        while (words.hasMoreTokens()) {
            String pair = words.nextToken();
            int equals = pair.indexOf('=');
            if (equals < 1) {
                return false;
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return true;
    }
}
