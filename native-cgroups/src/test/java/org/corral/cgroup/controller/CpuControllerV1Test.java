package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.CpuAmount;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
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

    @Override
    String shareFile() {
        return "cpu.shares";
    }

    @Override
    String burstFile() {
        return "cpu.cfs_burst_us";
    }

    /** Refuses what a parent with all of one CPU would not allow. */
    private void withParentOfOneCpu() {
        files.onWrite(QUOTA, value -> checked(QUOTA, value, Long.parseLong(value), files.number(PERIOD)));
        files.onWrite(PERIOD, value -> checked(PERIOD, value, files.number(QUOTA), Long.parseLong(value)));
    }

    private static String checked(String file, String value, long quota, long period) throws ErrnoException {
        if (quota > period) {
            throw FakeControlFiles.refusal(file, value, Errno.EINVAL);
        }
        return value;
    }

    @Test
    void setShares_moreThanTheScaleHas_isClampedByTheKernel() throws Exception {
        files.onWrite("cpu.shares", value -> "262144");

        assertThat(cpu.setShares(CpuAmount.ofCpus(300)))
                .isEqualTo(new KnobOutcome.Clamped("cpu.shares", "307200", "1024", "262144"));
    }

    @Test
    void setBandwidth_usually_writesThePeriodFirst() throws Exception {
        cpu.setBandwidth(CpuBandwidth.of(CpuAmount.ofCpus(10), Duration.ofMillis(50)));

        assertThat(files.writes()).containsExactly(PERIOD + "=50000", QUOTA + "=500000");
    }

    @Test
    void setBandwidth_shorterPeriodWouldPassTheParent_writesTheQuotaFirst() throws Exception {
        withParentOfOneCpu();
        files.with(QUOTA, "80000");

        List<KnobOutcome> outcomes = cpu.setBandwidth(new CpuBandwidth(OptionalLong.of(10_000), 20_000));

        assertThat(outcomes).hasSize(2).allMatch(KnobOutcome::isApplied);
        assertThat(files.writes()).containsExactly(QUOTA + "=10000", PERIOD + "=20000");
    }

    @Test
    void setBandwidth_higherQuotaNeedsTheLongerPeriod_writesThePeriodFirst() throws Exception {
        withParentOfOneCpu();
        files.with(QUOTA, "80000");

        cpu.setBandwidth(new CpuBandwidth(OptionalLong.of(150_000), 200_000));

        assertThat(files.writes()).containsExactly(PERIOD + "=200000", QUOTA + "=150000");
    }

    @Test
    void setBandwidth_moreThanTheParentHas_isRefused() throws Exception {
        withParentOfOneCpu();

        List<KnobOutcome> outcomes = cpu.setBandwidth(CpuBandwidth.of(CpuAmount.ofCpus(2), Duration.ofMillis(100)));

        assertThat(outcomes.get(outcomes.size() - 1).isRefusedWith(Errno.EINVAL))
                .isTrue();
        assertThat(files.text(QUOTA)).isEqualTo("-1");
    }

    @Test
    void setBandwidth_periodNotAllowed_leavesTheQuotaAlone() throws Exception {
        files.refuseWrite(PERIOD, Errno.EACCES);

        List<KnobOutcome> outcomes = cpu.setBandwidth(CpuBandwidth.of(CpuAmount.ofCpus(1), Duration.ofMillis(50)));

        assertThat(outcomes).hasSize(1).allMatch(outcome -> outcome.isRefusedWith(Errno.EACCES));
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void setBandwidth_sameAgain_writesNothing() throws Exception {
        assertThat(cpu.setBandwidth(CpuBandwidth.unlimited()))
                .containsExactly(new KnobOutcome.Unchanged(PERIOD, "100000"), new KnobOutcome.Unchanged(QUOTA, "-1"));
        assertThat(files.writes()).isEmpty();
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
