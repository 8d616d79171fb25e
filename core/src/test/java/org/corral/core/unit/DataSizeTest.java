package org.corral.core.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "4096B, 4096",
        "64k, 65536",
        "64M, 67108864",
        "64MB, 67108864",
        "64mib, 67108864",
        "1.5GiB, 1610612736",
        "0.5K, 512",
        "' 2G ', 2147483648",
        "1T, 1099511627776",
        "1P, 1125899906842624",
        "7EiB, 8070450532247928832",
        "9223372036854775807, 9223372036854775807",
    })
    void parse_usualForms_exactBytes(String text, long bytes) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1e99",
                "64 megs",
                "64 M",
                "M",
                "1.",
                ".5",
                "1,5G",
                "64ib",
                "64MMB",
                "64BB",
                "64BiB",
                "64\u212a",
                "0x10",
                "٣"
            })
    void parse_notASize_namesValueAndRemedy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("64M");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9EiB", "8E", "9223372036854775808", "1.5", "1.5B", "0.0001K"})
    void parse_tooLargeOrPartOfAByte_saysWhatFits(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("whole number of bytes below 8EiB");
    }

    @Test
    void ofBytes_negative_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.ofBytes(-1))
                .withMessageContaining("-1");
    }

    @Test
    void ofMebibytes_overflow_refused() {
        assertThatThrownBy(() -> DataSize.ofMebibytes(1L << 43)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "4097, 4097B",
        "1024, 1KiB",
        "67108864, 64MiB",
        "1610612736, 1536MiB",
        "4611686018427387904, 4EiB",
        "9223372036854775807, 9223372036854775807B",
    })
    void toString_anySize_parsesBackToItself(long bytes, String text) {
        assertThat(new DataSize(bytes)).hasToString(text);
        assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0, 0B", "1023, 1023B", "1024, 1.0KiB", "1610612736, 1.5GiB", "9223372036854775807, 8.0EiB"})
    void toHumanString_anySize_oneDecimal(long bytes, String text) {
        assertThat(new DataSize(bytes).toHumanString()).isEqualTo(text);
    }

    @Test
    void compareTo_sizes_byBytes() {
        assertThat(DataSize.parse("1G"))
                .isGreaterThan(DataSize.parse("1023M"))
                .isEqualByComparingTo(DataSize.parse("1024M"));
    }
}
