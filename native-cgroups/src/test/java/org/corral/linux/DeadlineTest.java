package org.corral.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void after_noTime_hasPassed() {
        Deadline deadline = Deadline.after(Duration.ZERO);

        assertThat(deadline.hasPassed()).isTrue();
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.remainingMillis()).isZero();
    }

    @Test
    void after_negativeTime_hasPassedWithNothingLeft() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(-5));

        assertThat(deadline.hasPassed()).isTrue();
        assertThat(deadline.remaining()).isZero();
    }

    @Test
    void after_longTime_hasNotPassed() {
        Deadline deadline = Deadline.after(Duration.ofHours(1));

        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline.remaining()).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void remainingMillis_beyondAnInt_isTheLargestInt() {
        assertThat(Deadline.after(Duration.ofDays(100)).remainingMillis()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void remainingMillis_partOfAMillisecond_isRoundedUp() {
        Deadline deadline = Deadline.after(Duration.ofHours(1));

        assertThat(Duration.ofMillis(deadline.remainingMillis())).isGreaterThanOrEqualTo(deadline.remaining());
    }

    @Test
    void pause_afterTheMoment_returns() {
        Deadline deadline = Deadline.after(Duration.ZERO);

        deadline.pause();

        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void pause_repeated_comesToTheEnd() {
        Deadline deadline = Deadline.after(Duration.ofMillis(20));

        while (!deadline.hasPassed()) {
            deadline.pause();
        }

        assertThat(deadline.remaining()).isZero();
    }

    @Test
    void pause_interruptedThread_keepsItsInterrupt() {
        Thread.currentThread().interrupt();

        Deadline.after(Duration.ofHours(1)).pause();

        assertThat(Thread.interrupted()).isTrue();
    }
}
