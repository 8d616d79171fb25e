package org.corral.core.unit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.corral.core.testing.Refusals;

/** Amounts of CPUs that people write, against a plain reader of them. */
class CpuAmountFuzzTest {

    private static final int DECIMALS = 9;
    private static final long MOST = 1_000_000L * CpuAmount.NANOS_PER_CPU;
    private static final long PERIOD_MICROS = 100_000;

    @FuzzTest
    void parse_anyText_isAsPlainlyReadOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<CpuAmount> amount = Refusals.accepted(() -> CpuAmount.parse(text), IllegalArgumentException.class);

        assertThat(amount.map(CpuAmount::nanoCpus)).isEqualTo(plain(text.strip()));
        amount.ifPresent(CpuAmountFuzzTest::requireExact);
    }

    private static void requireExact(CpuAmount amount) {
        assertThat(CpuAmount.parse(amount.toString())).isEqualTo(amount);
        BigInteger quota = BigInteger.valueOf(amount.nanoCpus())
                .multiply(BigInteger.valueOf(PERIOD_MICROS))
                .divide(BigInteger.valueOf(CpuAmount.NANOS_PER_CPU));
        assertThat(amount.of(PERIOD_MICROS)).isEqualTo(quota.longValueExact());
    }

    private static Optional<Long> plain(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String part = point < 0 ? "0" : text.substring(point + 1);
        if (!isDigits(whole, 7) || !isDigits(part, DECIMALS)) {
            return Optional.empty();
        }
        long nanos = Long.parseLong(whole + part + "0".repeat(DECIMALS - part.length()));
        return nanos > 0 && nanos <= MOST ? Optional.of(nanos) : Optional.empty();
    }

    private static boolean isDigits(String text, int most) {
        return !text.isEmpty() && text.length() <= most && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
