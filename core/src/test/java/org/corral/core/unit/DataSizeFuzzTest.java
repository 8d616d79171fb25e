package org.corral.core.unit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.corral.core.testing.Refusals;

/** Sizes that people write, against a plain reader of them. */
class DataSizeFuzzTest {

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final String PREFIXES = "kmgtpe";

    @FuzzTest
    void parse_anyText_isAsPlainlyReadOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<DataSize> size = Refusals.accepted(() -> DataSize.parse(text), IllegalArgumentException.class);

        assertThat(size.map(DataSize::bytes)).isEqualTo(plain(text.strip()));
        size.ifPresent(DataSizeFuzzTest::requireRoundTrip);
    }

    private static void requireRoundTrip(DataSize size) {
        assertThat(DataSize.parse(size.toString())).isEqualTo(size);
        assertThat(Maximum.parseBytes(size.toString())).isEqualTo(Maximum.of(size));
        assertThat(size.toHumanString().length()).isLessThan(10);
    }

    private static Optional<Long> plain(String text) {
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        Optional<BigDecimal> factor = factor(text.substring(end));
        return factor.isPresent() && isNumber(text.substring(0, end))
                ? inRange(new BigDecimal(text.substring(0, end)).multiply(factor.get()))
                : Optional.empty();
    }

    private static boolean isNumber(String text) {
        List<String> parts = List.of(text.split("\\.", -1));
        return parts.size() <= 2
                && isBetween(1, parts.get(0).length(), 19)
                && (parts.size() == 1 || isBetween(1, parts.get(1).length(), 9));
    }

    private static boolean isBetween(int least, int value, int most) {
        return least <= value && value <= most;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Optional<BigDecimal> factor(String unit) {
        if (unit.chars().anyMatch(c -> c > 'z')) {
            return Optional.empty(); // the Kelvin sign is a k in lower case
        }
        String lower = unit.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || lower.equals("b")) {
            return Optional.of(BigDecimal.ONE);
        }
        int power = PREFIXES.indexOf(lower.charAt(0)) + 1;
        boolean known = power > 0 && List.of("", "b", "ib").contains(lower.substring(1));
        return known ? Optional.of(BigDecimal.valueOf(1024).pow(power)) : Optional.empty();
    }

    private static Optional<Long> inRange(BigDecimal bytes) {
        boolean whole = bytes.stripTrailingZeros().scale() <= 0;
        return whole && bytes.compareTo(MOST) <= 0 ? Optional.of(bytes.longValueExact()) : Optional.empty();
    }
}
