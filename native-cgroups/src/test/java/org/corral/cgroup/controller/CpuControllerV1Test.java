package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

class CpuControllerV1Test extends CpuControllerContract {

    private static final String QUOTA = "cpu.cfs_quota_us";
    private static final String PERIOD = "cpu.cfs_period_us";

    @Override
    FakeControlFiles newCgroup() {
        return FakeControlFiles.of(CgroupVersion.V1)
                .with("cpu.shares", "1024")
                .with(QUOTA, "-1")
                .with(PERIOD, "100000")
                .with("cpu.cfs_burst_us", "0")
                .with("cpu.idle", "0")
                .with("cpu.stat", "nr_periods 40\nnr_throttled 7\nthrottled_time 1500000000\nnr_bursts 0\n");
    }

    @Test
    void bandwidth_emptyQuota_fails() {
        files.with(QUOTA, "");

        assertThatThrownBy(cpu::bandwidth).isInstanceOf(ControlFileFormatException.class);
    }

    @Test
    void throttling_time_isNanoseconds() throws Exception {
        assertThat(cpu.throttling())
                .isEqualTo(new CpuThrottling(
                        OptionalLong.of(40), OptionalLong.of(7), Optional.of(Duration.ofMillis(1500))));
    }
}
