package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparingTest {

    @Test
    void mayNow_atOnceThenAfterTheTime() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 50);
        Sparing sparing = new Sparing(Duration.ofNanos(100), clock::get);

        assertThat(sparing.mayNow()).isTrue();
        clock.addAndGet(99);
        assertThat(sparing.mayNow()).isFalse();
        clock.addAndGet(1);
        assertThat(sparing.mayNow()).isTrue();
        assertThat(sparing.mayNow()).isFalse();
    }
}
