package org.corral.core.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuAmountTest {

    @ParameterizedTest
    @CsvSource({
        "2, 2000000000",
        "0.5, 500000000",
        "1.25, 1250000000",
        "0.000000001, 1",
        "' 10 ', 10000000000",
        "1000000, 1000000000000000",
    })
    void parse_usualForms_exactBillionths(String text, long nanoCpus) {
        assertThat(CpuAmount.parse(text)).isEqualTo(new CpuAmount(nanoCpus));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "NaN", "Infinity", "1e9", "1e-9", "two", "0.0000000001", "1.", ".5", "12345678", "1 2"
            })
    void parse_notAnAmount_namesValueAndRemedy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuAmount.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("0.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "1000000.000000001", "9999999"})
    void parse_outOfRange_namesValueAndRemedy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuAmount.parse(text))
                .withMessageContaining("out of range")
                .withMessageContaining("up to 1000000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void ofCpus_outOfRange_refused(int cpus) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuAmount.ofCpus(cpus))
                .withMessageContaining(cpus + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 1024, 512",
        "10, 100000, 1000000",
        "0.3333, 100000, 33330",
        "0.000000001, 1024, 0",
        "1.999999999, 1, 1",
        "1000000, 10000, 10000000000",
        "1000000, 18446, 18446000000",
        "999999.999999999, 1000000000, 999999999999999",
        "1000000, 9000000000, 9000000000000000",
    })
    void of_anyAmount_roundedDown(String cpus, long perCpu, long part) {
        assertThat(CpuAmount.parse(cpus).of(perCpu)).isEqualTo(part);
    }

    @Test
    void of_productThatDoesNotFit_refused() {
        CpuAmount amount = CpuAmount.parse("1000000");
        assertThatThrownBy(() -> amount.of(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"2.0, 2", "0.50, 0.5", "100, 100", "0.000000001, 0.000000001"})
    void toString_anyAmount_plainWithoutTrailingZeros(String cpus, String text) {
        assertThat(CpuAmount.parse(cpus)).hasToString(text);
    }

    @Test
    void compareTo_amounts_byBillionths() {
        assertThat(CpuAmount.ofCpus(1)).isGreaterThan(CpuAmount.parse("0.999999999"));
    }
}
