package org.corral.core.unit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.corral.core.testing.Refusals;

/** Counts, and {@code max}. */
class MaximumFuzzTest {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    @FuzzTest
    void parseCount_anyText_isAsPlainlyReadOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<Maximum> count = Refusals.accepted(() -> Maximum.parseCount(text), IllegalArgumentException.class);

        assertThat(count).isEqualTo(plain(text.strip()));
        count.ifPresent(
                known -> assertThat(Maximum.parseCount(known.toString())).isEqualTo(known));
    }

    private static Optional<Maximum> plain(String text) {
        if (text.equals("max")) {
            return Optional.of(Maximum.NONE);
        }
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.isEmpty() || text.length() > 19) {
            return text.matches("-0{1,19}") ? Optional.of(Maximum.of(0)) : Optional.empty();
        }
        BigInteger count = new BigInteger(text);
        return count.compareTo(MOST) <= 0 ? Optional.of(Maximum.of(count.longValue())) : Optional.empty();
    }
}
