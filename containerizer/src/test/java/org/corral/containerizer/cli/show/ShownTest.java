package org.corral.containerizer.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {

    @Test
    void amounts_absent_areADash() {
        assertThat(Shown.size(OptionalLong.empty())).isEqualTo("-");
        assertThat(Shown.count(OptionalLong.empty())).isEqualTo("-");
        assertThat(Shown.seconds(Optional.empty())).isEqualTo("-");
    }

    @Test
    void amounts_zero_areZero() {
        assertThat(Shown.size(OptionalLong.of(0))).isEqualTo("0B");
        assertThat(Shown.count(OptionalLong.of(0))).isEqualTo("0");
        assertThat(Shown.seconds(Optional.of(Duration.ZERO))).isEqualTo("0.00");
    }

    @ParameterizedTest
    @CsvSource({"PT-1S, 0s", "PT59.9S, 59s", "PT2M5S, 2m5s", "PT3H, 3h0m", "PT49H, 2d1h"})
    void age_ofAnyLength_twoLargestUnits(Duration time, String expected) {
        assertThat(Shown.age(time)).isEqualTo(expected);
    }
}
