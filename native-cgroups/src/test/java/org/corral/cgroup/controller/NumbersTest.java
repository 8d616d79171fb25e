package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "007, 7",
        "9223372036854775806, 9223372036854775806",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807",
        "18446744073709551615, 9223372036854775807",
        "99999999999999999999999999, 9223372036854775807"
    })
    void unsigned_number_isReadAndSaturated(String text, long value) {
        assertThat(Numbers.unsigned(text)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.5", "1e6", " 1", "1 ", "0x10", "max", "\u0661"})
    void unsigned_otherText_isAbsent(String text) {
        assertThat(Numbers.unsigned(text)).isEmpty();
    }
}
