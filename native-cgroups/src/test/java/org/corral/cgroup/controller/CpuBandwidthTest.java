package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import org.corral.core.unit.CpuAmount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuBandwidthTest {

    @ParameterizedTest
    @CsvSource({
        "0.5, PT0.1S, 50000",
        "1, PT0.1S, 100000",
        "10, PT0.1S, 1000000",
        "100.5, PT0.1S, 10050000",
        "0.3333333, PT0.1S, 33333",
        "0.001, PT0.1S, 1000",
        "0.5, PT0.001S, 1000",
        "2, PT1S, 2000000",
        "1000000, PT1S, 1000000000000"
    })
    void of_cpus_isQuotaInWholeMicroseconds(String cpus, Duration period, long quota) {
        CpuBandwidth bandwidth = CpuBandwidth.of(CpuAmount.parse(cpus), period);

        assertThat(bandwidth).isEqualTo(new CpuBandwidth(OptionalLong.of(quota), period.toNanos() / 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000999S", "PT1.000001S", "PT87600000000H"})
    void of_periodOutOfRange_isRefusedWithRemedy(Duration period) {
        assertThatThrownBy(() -> CpuBandwidth.of(CpuAmount.ofCpus(1), period))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give 1 ms to 1 s");
    }

    @Test
    void new_quotaBelowMillisecond_isRefused() {
        assertThatThrownBy(() -> new CpuBandwidth(OptionalLong.of(999), 100_000))
                .hasMessageContaining("999 us");
    }

    @Test
    void unlimited_hasDefaultPeriod() {
        assertThat(CpuBandwidth.unlimited()).isEqualTo(new CpuBandwidth(OptionalLong.empty(), 100_000));
    }
}
