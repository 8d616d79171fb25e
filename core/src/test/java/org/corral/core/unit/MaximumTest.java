package org.corral.core.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaximumTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "10M, 10485760", "max, max", "' max', max", "9223372036854775807, 9223372036854775807"})
    void parseBytes_sizeOrNone_isThatMany(String text, String shown) {
        assertThat(Maximum.parseBytes(text)).hasToString(shown);
        assertThat(Maximum.parseCount(shown)).isEqualTo(Maximum.parseBytes(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1k", "many", "9223372036854775808", "1.5", "+1", "٣"})
    void parseCount_otherText_refusedQuotingIt(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Maximum.parseCount(text));
    }

    @Test
    void compareTo_none_isTheHighest() {
        assertThat(Maximum.NONE).isGreaterThan(Maximum.of(Long.MAX_VALUE - 1));
        assertThat(Maximum.of(DataSize.ofMebibytes(1))).isLessThan(Maximum.of(1 << 21));
        assertThat(Maximum.NONE.isNone()).isTrue();
        assertThat(Maximum.of(0).isNone()).isFalse();
    }
}
