package org.corral.benchmarks.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.004, 0",
        "0.016, 0.02",
        "0.995, 1",
        "1.064, 1.06",
        "1.5, 1.5",
        "10, 10",
        "47.66, 47.7",
        "99.96, 100",
        "408.4, 408",
        "1234, 1230",
        "NaN, –",
        "-0.5, -0.50"
    })
    void number_any_threeDigitsThatCount(double value, String shown) {
        assertThat(Amounts.number(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "128.5, 129 ns",
        "999.6, 1 µs",
        "7420, 7.42 µs",
        "57985110, 58 ms",
        "3.5e9, 3.5 s",
        "9e12, 9000 s"
    })
    void time_any_inTheUnitThatSuits(double nanos, String shown) {
        assertThat(Amounts.time(nanos)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0.001, 0 B", "0.02, 0.02 B", "62866, 62.9 kB", "29914976, 29.9 MB"})
    void size_any_inTheUnitThatSuits(double bytes, String shown) {
        assertThat(Amounts.size(bytes)).isEqualTo(shown);
    }
}
