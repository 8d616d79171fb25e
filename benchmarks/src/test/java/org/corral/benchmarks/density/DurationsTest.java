package org.corral.benchmarks.density;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private final Durations durations = new Durations();

    @Test
    void percentiles_durationsInNanoseconds_areMicroseconds() {
        for (int i = 1; i <= 100; i++) {
            durations.record(TimeUnit.MILLISECONDS.toNanos(i));
        }

        Percentiles percentiles = durations.percentiles();

        assertThat(percentiles.count()).isEqualTo(100);
        assertThat(percentiles.p50Micros()).isBetween(49_900L, 50_100L);
        assertThat(percentiles.p99Micros()).isBetween(98_900L, 99_100L);
        assertThat(percentiles.maxMicros()).isBetween(99_900L, 100_100L);
    }

    @Test
    void percentiles_nothingRecorded_areZero() {
        assertThat(durations.percentiles()).isEqualTo(new Percentiles(0, 0, 0, 0));
    }

    @Test
    void record_longerThanAnythingExpected_isKeptAsTheLongest() {
        durations.record(Long.MAX_VALUE);

        assertThat(durations.percentiles().maxMicros()).isGreaterThanOrEqualTo(TimeUnit.MINUTES.toMicros(10));
    }
}
