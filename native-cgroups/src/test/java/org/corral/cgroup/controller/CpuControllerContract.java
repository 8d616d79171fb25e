package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.unit.CpuAmount;
import org.corral.core.usage.CpuUsage;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

/** What the cpu controller does on either version. */
abstract class CpuControllerContract {

    static final CpuBandwidth HALF_CPU = CpuBandwidth.of(CpuAmount.parse("0.5"), CpuBandwidth.DEFAULT_PERIOD);

    final FakeControlFiles files = newCgroup();
    final CpuController cpu = CpuController.of(files);

    abstract FakeControlFiles newCgroup();

    abstract String shareFile();

    abstract String burstFile();

    @Test
    void setShares_refused_isReported() throws Exception {
        files.refuseWrite(shareFile(), Errno.EINVAL);

        assertThat(cpu.setShares(CpuAmount.ofCpus(2)).isRefusedWith(Errno.EINVAL))
                .isTrue();
    }

    @Test
    void shares_afterSetShares_areTheSame() throws Exception {
        cpu.setShares(CpuAmount.ofCpus(3));

        assertThat(cpu.shares()).hasValue(3072);
    }

    @Test
    void bandwidth_newCgroup_isUnlimited() throws Exception {
        assertThat(cpu.bandwidth()).contains(CpuBandwidth.unlimited());
    }

    @Test
    void bandwidth_afterSetAndReset_isTheSame() throws Exception {
        assertThat(cpu.setBandwidth(HALF_CPU)).allMatch(KnobOutcome::isApplied);
        assertThat(cpu.bandwidth()).contains(HALF_CPU);

        cpu.setBandwidth(CpuBandwidth.unlimited());
        assertThat(cpu.bandwidth()).contains(CpuBandwidth.unlimited());
    }

    @Test
    void setBurst_duration_isMicroseconds() throws Exception {
        cpu.setBurst(Duration.ofMillis(20));

        assertThat(files.writes()).containsExactly(burstFile() + "=20000");
    }

    @Test
    void setBurst_negative_isRefusedBeforeAnyWrite() {
        assertThatThrownBy(() -> cpu.setBurst(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void setBurst_aboveQuota_isRefused() throws Exception {
        files.refuseWrite(burstFile(), Errno.EINVAL);

        assertThat(cpu.setBurst(Duration.ofSeconds(1)).isRefusedWith(Errno.EINVAL))
                .isTrue();
    }

    @Test
    void setIdle_onAndOff_areWritten() throws Exception {
        cpu.setIdle(true);
        cpu.setIdle(false);

        assertThat(files.writes()).containsExactly("cpu.idle=1", "cpu.idle=0");
    }

    @Test
    void throttling_emptyFile_isAbsent() throws Exception {
        files.with("cpu.stat", "");

        assertThat(cpu.throttling())
                .isEqualTo(new CpuThrottling(OptionalLong.empty(), OptionalLong.empty(), Optional.empty()));
    }

    @Test
    void throttling_fileCutShort_fails() {
        files.with("cpu.stat", "nr_periods 3\nnr_thr");

        assertThatThrownBy(cpu::throttling)
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining("'nr_thr'");
    }

    @Test
    void everything_withoutFiles_isAbsent() throws Exception {
        CpuController bare = CpuController.of(FakeControlFiles.of(files.version()));

        assertThat(bare.shares()).isEmpty();
        assertThat(bare.bandwidth()).isEmpty();
        assertThat(bare.throttling().periods()).isEmpty();
        assertThat(bare.setShares(CpuAmount.ofCpus(1))).isInstanceOf(KnobOutcome.Unsupported.class);
        assertThat(bare.setBandwidth(HALF_CPU))
                .isNotEmpty()
                .allMatch(outcome -> outcome instanceof KnobOutcome.Unsupported);
    }

    @Test
    void everything_cgroupGone_throws() {
        files.goAway();

        assertThatThrownBy(() -> cpu.setShares(CpuAmount.ofCpus(1))).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(() -> cpu.setBandwidth(HALF_CPU)).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(cpu::bandwidth).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(cpu::throttling).isInstanceOf(ErrnoException.class);
    }

    @Test
    void addTo_knownAndUnknown_keepsWhatIsKnown() {
        CpuUsage usage = new CpuUsage(
                Optional.of(Duration.ofSeconds(9)),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(1),
                OptionalLong.of(1),
                Optional.empty());

        CpuUsage sum = new CpuThrottling(OptionalLong.of(5), OptionalLong.empty(), Optional.of(Duration.ofSeconds(2)))
                .addTo(usage);

        assertThat(sum)
                .isEqualTo(new CpuUsage(
                        usage.total(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(5),
                        OptionalLong.of(1),
                        Optional.of(Duration.ofSeconds(2))));
    }
}
