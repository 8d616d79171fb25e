package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.corral.cgroup.PressureThreshold.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PressureThresholdTest {

    @Test
    void toString_someAndFull_isWhatTheKernelTakes() {
        assertThat(new PressureThreshold(Kind.SOME, Duration.ofMillis(150), Duration.ofSeconds(1)))
                .hasToString("some 150000 1000000");
        assertThat(PressureThreshold.percent(Kind.FULL, 20, Duration.ofSeconds(2)))
                .hasToString("full 400000 2000000");
    }

    @ParameterizedTest
    @CsvSource({"PT0.001S, PT0.5S", "PT0.5S, PT0.5S", "PT10S, PT10S", "PT0.000001S, PT10S"})
    void create_atTheEdges_isTaken(Duration stall, Duration window) {
        assertThat(new PressureThreshold(Kind.SOME, stall, window).stall()).isEqualTo(stall);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.1S, PT0.499999S",
        "PT0.1S, PT10.000001S",
        "PT0S, PT1S",
        "PT-0.1S, PT1S",
        "PT1.000001S, PT1S",
        "PT0.0000001S, PT1S",
        "PT0.1S, PT1.0000001S"
    })
    void create_outOfRangeOrTooFine_isRefused(Duration stall, Duration window) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PressureThreshold(Kind.SOME, stall, window));
    }

    @ParameterizedTest
    @CsvSource({"150, 1000, 300000", "500, 500, 2000000", "1, 10000, 200"})
    void in_otherWindow_keepsTheShare(long stallMillis, long windowMillis, long micros) {
        PressureThreshold asked =
                new PressureThreshold(Kind.SOME, Duration.ofMillis(stallMillis), Duration.ofMillis(windowMillis));

        assertThat(asked.in(PressureThreshold.UNPRIVILEGED_WINDOW)).hasToString("some " + micros + " 2000000");
    }

    @Test
    void in_shareBelowAMicrosecond_isOne() {
        PressureThreshold asked = new PressureThreshold(Kind.FULL, Duration.ofNanos(1000), Duration.ofSeconds(10));

        assertThat(asked.in(PressureThreshold.UNPRIVILEGED_WINDOW)).hasToString("full 1 2000000");
    }

    @ParameterizedTest
    @CsvSource({"PT2S, false", "PT4S, false", "PT10S, false", "PT1S, true", "PT3S, true", "PT2.000001S, true"})
    void isPrivileged_window_isUnlessOfWholeTwoSeconds(Duration window, boolean privileged) {
        assertThat(new PressureThreshold(Kind.SOME, Duration.ofMillis(1), window).isPrivileged())
                .isEqualTo(privileged);
    }
}
