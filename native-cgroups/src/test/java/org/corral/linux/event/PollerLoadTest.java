package org.corral.linux.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollerLoadTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private long nanos;
    private final PollerLoad load = new PollerLoad(() -> nanos);

    private void away(Duration time) {
        long then = load.now();
        nanos += time.toNanos();
        load.awaySince(then);
    }

    private void wait(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void longest_neverAway_zero() {
        assertThat(load.rounds()).isZero();
        assertThat(load.total()).isZero();
        assertThat(load.longest()).isZero();
    }

    @Test
    void awaySince_someTimes_addsThemAndNotTheWaits() {
        away(Duration.ofMillis(2));
        wait(Duration.ofSeconds(5));
        away(Duration.ofMillis(3));

        assertThat(load.rounds()).isEqualTo(2);
        assertThat(load.total()).isEqualTo(Duration.ofMillis(5));
        assertThat(load.longest()).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void longest_timePasses_isToldForAMinuteAndForgottenAfterTwo() {
        away(Duration.ofMillis(9));
        wait(MINUTE);
        away(Duration.ofMillis(1));
        assertThat(load.longest()).isEqualTo(Duration.ofMillis(9));

        wait(MINUTE);
        assertThat(load.longest()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void longest_nothingForLong_isForgottenAtOnce() {
        away(Duration.ofMillis(9));
        wait(MINUTE.multipliedBy(3));

        assertThat(load.longest()).isZero();
        assertThat(load.total()).isEqualTo(Duration.ofMillis(9));
    }
}
