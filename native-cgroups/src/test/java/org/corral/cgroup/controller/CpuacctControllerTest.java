package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.usage.CpuUsage;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CpuacctControllerTest {

    private static final CpuUsage NOTHING = new CpuUsage(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty());

    private final FakeControlFiles v1 = FakeControlFiles.of(CgroupVersion.V1)
            .with("cpuacct.usage", "3000000001")
            .with("cpuacct.stat", "user 200\nsystem 99\n");

    private final FakeControlFiles v2 = FakeControlFiles.of(CgroupVersion.V2)
            .with("cpu.stat", "usage_usec 3000001\nuser_usec 2000000\nsystem_usec 1000001\nnice_usec 0\n");

    private static CpuUsage usage(FakeControlFiles files) throws Exception {
        return CpuacctController.of(files).usage();
    }

    @Test
    void usage_v1_isNanosecondsAndTicks() throws Exception {
        assertThat(usage(v1))
                .isEqualTo(new CpuUsage(
                        Optional.of(Duration.ofSeconds(3, 1)),
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofMillis(990)),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty()));
    }

    @Test
    void usage_v2WithoutCpuController_hasTimesAlone() throws Exception {
        assertThat(usage(v2))
                .isEqualTo(new CpuUsage(
                        Optional.of(Duration.ofSeconds(3, 1000)),
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofSeconds(1, 1000)),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty()));
    }

    @Test
    void usage_v2WithCpuController_hasThrottling() throws Exception {
        v2.with("cpu.stat", v2.text("cpu.stat") + "nr_periods 4\nnr_throttled 2\nthrottled_usec 1000\n");

        assertThat(usage(v2).periods()).hasValue(4);
        assertThat(usage(v2).throttledPeriods()).hasValue(2);
        assertThat(usage(v2).throttled()).contains(Duration.ofMillis(1));
    }

    @Test
    void usage_v1WithoutStat_keepsTheTotal() throws Exception {
        v1.refuseRead("cpuacct.stat", Errno.EOPNOTSUPP);

        assertThat(usage(v1).total()).contains(Duration.ofSeconds(3, 1));
        assertThat(usage(v1).user()).isEmpty();
        assertThat(usage(v1).system()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void usage_withoutFiles_isAbsent(CgroupVersion version) throws Exception {
        assertThat(usage(FakeControlFiles.of(version))).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void usage_cgroupGone_throws(CgroupVersion version) {
        assertThatThrownBy(() -> usage(FakeControlFiles.of(version).goAway())).isInstanceOf(ErrnoException.class);
    }

    @Test
    void usage_notAllowed_throws() {
        v1.refuseRead("cpuacct.usage", Errno.EACCES);

        assertThatThrownBy(() -> usage(v1)).hasMessageContaining("EACCES");
    }

    @Test
    void usage_emptyFiles_failOnV1AndAreAbsentOnV2() throws Exception {
        assertThatThrownBy(() -> usage(v1.with("cpuacct.usage", ""))).hasMessageContaining("cpuacct.usage: line ''");
        assertThat(usage(v2.with("cpu.stat", ""))).isEqualTo(NOTHING);
    }
}
