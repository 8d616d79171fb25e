package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuControllerV2Test extends CpuControllerContract {

    private static final String MAX = "cpu.max";

    @Override
    FakeControlFiles newCgroup() {
        return FakeControlFiles.of(CgroupVersion.V2)
                .with("cpu.weight", "100")
                .with(MAX, "max 100000")
                .with("cpu.max.burst", "0")
                .with("cpu.idle", "0")
                .with("cpu.stat", "usage_usec 9\nnr_periods 40\nnr_throttled 7\nthrottled_usec 1500000\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "max", "50000", "50000 ", "50000 x", "x 100000"})
    void bandwidth_fileCutShort_fails(String text) {
        files.with(MAX, text);

        assertThatThrownBy(cpu::bandwidth).isInstanceOf(ControlFileFormatException.class);
    }

    @Test
    void throttling_time_isMicroseconds() throws Exception {
        assertThat(cpu.throttling())
                .isEqualTo(new CpuThrottling(
                        OptionalLong.of(40), OptionalLong.of(7), Optional.of(Duration.ofMillis(1500))));
    }
}
