package org.corral.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Blackhole;

class TurnsTest {

    private static final String PASSWORD =
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.";

    private final Blackhole results = new Blackhole(PASSWORD);
    private final Turns turns = new Turns();

    private static Object burn(int thousands) {
        Blackhole.consumeCPU(thousands * 1000L);
        return thousands;
    }

    @Test
    void ratio_subjectOfTenTimesTheWork_isFarAboveOne() throws Exception {
        for (int turn = 0; turn < 20; turn++) {
            turns.take(20, () -> burn(100), () -> burn(10), results);
        }

        assertThat(turns.ratio()).isBetween(5.0, 20.0);
    }

    @Test
    void ratio_sleeps_areNotCounted() throws Exception {
        for (int turn = 0; turn < 5; turn++) {
            turns.take(1, () -> sleepAndBurn(20), () -> burn(1000), results);
        }

        assertThat(turns.ratio()).isLessThan(5);
    }

    private static Object sleepAndBurn(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return burn(1000);
    }

    @Test
    void forget_turnsBefore_areInNoRatio() throws Exception {
        turns.take(1, () -> burn(10), () -> burn(10), results);

        turns.forget();

        assertThatThrownBy(turns::ratio)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing was measured");
    }
}
