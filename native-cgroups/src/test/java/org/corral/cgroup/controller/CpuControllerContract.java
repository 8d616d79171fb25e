package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.usage.CpuUsage;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

/** What the cpu controller does on either version. */
abstract class CpuControllerContract {

    final FakeControlFiles files = newCgroup();
    final CpuController cpu = CpuController.of(files);

    abstract FakeControlFiles newCgroup();

    @Test
    void bandwidth_newCgroup_isUnlimited() throws Exception {
        assertThat(cpu.bandwidth()).contains(CpuBandwidth.unlimited());
    }

    @Test
    void setIdle_onAndOff_areWritten() throws Exception {
        assertThat(cpu.setIdle(true)).isEqualTo(new KnobOutcome.Written("cpu.idle", "1", "0"));
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
    }

    @Test
    void everything_cgroupGone_throws() {
        files.goAway();

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
