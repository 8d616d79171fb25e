package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.CpuAmount;
import org.corral.linux.errno.Errno;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Override
    String shareFile() {
        return "cpu.weight";
    }

    @Override
    String burstFile() {
        return "cpu.max.burst";
    }

    @ParameterizedTest
    @CsvSource({"0.001, 1", "0.5, 50", "2, 200", "300, 10000"})
    void setShares_cpus_areWeight(String cpus, String weight) throws Exception {
        cpu.setShares(CpuAmount.parse(cpus));

        assertThat(files.text("cpu.weight")).isEqualTo(weight);
    }

    @Test
    void setBandwidth_quotaAndPeriod_areOneWrite() throws Exception {
        assertThat(cpu.setBandwidth(HALF_CPU))
                .containsExactly(new KnobOutcome.Written(MAX, "50000 100000", "max 100000"));
        assertThat(files.writes()).containsExactly(MAX + "=50000 100000");
    }

    @Test
    void setBandwidth_refused_isReported() throws Exception {
        files.refuseWrite(MAX, Errno.EINVAL);

        assertThat(cpu.setBandwidth(HALF_CPU)).hasSize(1).allMatch(outcome -> outcome.isRefusedWith(Errno.EINVAL));
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
