package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "10s, PT10S",
        "2m, PT2M",
        "1h30m, PT1H30M",
        "500ms, PT0.5S",
        "1h2m3s4ms, PT1H2M3.004S",
        "90, PT90S",
        "2.5, PT2.5S",
        "' 5s ', PT5S",
        "0, PT0S"
    })
    void parse_whatPeopleWrite_isThatLong(String text, Duration expected) {
        assertThat(DurationText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "s", "-1s", "1d", "10 s", "30m1h", "1.5s", "1e9", "NaN", "9999999999s"})
    void parse_anythingElse_refusedWithValueAndRemedy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("10s, 2m");
    }
}
