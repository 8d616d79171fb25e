package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DaemonTimerTest {

    @Test
    void every_workThatFails_isDoneAgain() throws InterruptedException {
        CountDownLatch twice = new CountDownLatch(2);
        try (DaemonTimer timer = new DaemonTimer()) {
            timer.every(Duration.ofMillis(1), () -> {
                twice.countDown();
                throw new IllegalStateException("on purpose");
            });
            assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
