package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.corral.core.testing.Refusals;

/** Files as {@code memory.stat}, against a plain reader of them. */
class FlatKeyedFuzzTest {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    @FuzzTest
    void parse_anyText_isAsPlainlyReadOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<FlatKeyed> keyed =
                Refusals.accepted(() -> FlatKeyed.parse("memory.stat", text), ControlFileFormatException.class);

        assertThat(keyed.map(FlatKeyed::values)).isEqualTo(plain(text));
    }

    private static Optional<Map<String, Long>> plain(String text) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            String pair = line.strip();
            int space = pair.indexOf(' ');
            String digits = pair.substring(space + 1);
            if (!pair.isEmpty() && (space < 0 || !isNumber(digits))) {
                return Optional.empty();
            }
            if (!pair.isEmpty()) {
                values.put(
                        pair.substring(0, space),
                        new BigInteger(digits).min(MOST).longValue());
            }
        }
        return Optional.of(values);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
