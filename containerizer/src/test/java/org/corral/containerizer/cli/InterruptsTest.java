package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
    private final Interrupts interrupts = new Interrupts(now::get);

    @Test
    void isLast_thirdAtOnce_true() {
        assertThat(interrupts.isLast()).isFalse();
        assertThat(interrupts.isLast()).isFalse();
        assertThat(interrupts.isLast()).isTrue();
    }

    @Test
    void isLast_slowly_false() {
        for (int i = 0; i < 5; i++) {
            assertThat(interrupts.isLast()).isFalse();
            now.addAndGet(Duration.ofSeconds(2).toNanos());
        }
    }
}
