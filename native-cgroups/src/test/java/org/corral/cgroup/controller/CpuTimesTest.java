package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CpuTimesTest {

    @Test
    void ofTicks_tick_isTenMilliseconds() {
        assertThat(CpuTimes.ofTicks(OptionalLong.of(1))).contains(Duration.ofMillis(10));
        assertThat(CpuTimes.ofTicks(OptionalLong.of(12_345))).contains(Duration.ofMillis(123_450));
    }

    @Test
    void conversions_largestCounter_doesNotOverflow() {
        OptionalLong most = OptionalLong.of(Long.MAX_VALUE);

        assertThat(CpuTimes.ofTicks(most)).contains(Duration.ofSeconds(92_233_720_368_547_758L, 70_000_000));
        assertThat(CpuTimes.ofMicros(most)).contains(Duration.ofSeconds(9_223_372_036_854L, 775_807_000));
        assertThat(CpuTimes.ofNanos(most)).contains(Duration.ofSeconds(9_223_372_036L, 854_775_807));
    }

    @Test
    void conversions_absent_staysAbsent() {
        assertThat(CpuTimes.ofTicks(OptionalLong.empty())).isEmpty();
        assertThat(CpuTimes.ofMicros(OptionalLong.empty())).isEmpty();
        assertThat(CpuTimes.ofNanos(OptionalLong.empty())).isEmpty();
    }
}
