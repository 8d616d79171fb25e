package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.DataSize;
import org.corral.linux.errno.Errno;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

class MemoryControllerV2Test extends MemoryControllerContract {

    private static final String MAX = "memory.max";
    private static final String SWAP = "memory.swap.max";

    @Override
    FakeControlFiles newCgroup() {
        return FakeControlFiles.of(CgroupVersion.V2)
                .with(MAX, "max")
                .with(SWAP, "max")
                .with("memory.low", "0")
                .with("memory.high", "max")
                .with("memory.min", "0")
                .with("memory.oom.group", "0")
                .with("memory.current", "5000")
                .with("memory.peak", "9000")
                .with("memory.swap.current", "3000")
                .with("memory.events", "low 1\nhigh 3\nmax 4\noom 5\noom_kill 2\noom_group_kill 6\n")
                .with("memory.stat", "anon 1000\nfile 2000\nkernel 1\n");
    }

    @Override
    String hardFile() {
        return MAX;
    }

    @Override
    String swapFile() {
        return SWAP;
    }

    @Override
    String currentFile() {
        return "memory.current";
    }

    @Override
    String peakFile() {
        return "memory.peak";
    }

    @Test
    void setLimits_swapShrinks_writesMemoryFirst() throws Exception {
        memory.setLimits(limits(64, 96));

        assertThat(files.writes()).containsExactly(MAX + "=67108864", SWAP + "=33554432");
    }

    @Test
    void setLimits_swapGrows_writesSwapFirst() throws Exception {
        files.with(MAX, "134217728").with(SWAP, "0");

        memory.setLimits(limits(64, 128));

        assertThat(files.writes()).containsExactly(SWAP + "=67108864", MAX + "=67108864");
    }

    @Test
    void setLimits_noSwap_writesZero() throws Exception {
        memory.setLimits(limits(64, 64));

        assertThat(files.text(SWAP)).isEqualTo("0");
    }

    @Test
    void setLimits_removed_writesMax() throws Exception {
        files.with(MAX, "67108864").with(SWAP, "0");

        memory.setLimits(new MemoryLimits(Limit.NONE, Limit.NONE));

        assertThat(files.writes()).containsExactly(SWAP + "=max", MAX + "=max");
    }

    @Test
    void setLimits_swapRefused_isReportedAfterMemory() throws Exception {
        files.refuseWrite(SWAP, Errno.EACCES);

        assertThat(memory.setLimits(limits(64, 64)))
                .satisfiesExactly(
                        first -> assertThat(first.isApplied()).isTrue(),
                        second -> assertThat(second.isRefusedWith(Errno.EACCES)).isTrue());
    }

    @Test
    void setSoftLimit_removed_protectsNothing() throws Exception {
        memory.setSoftLimit(Limit.of(4096));
        memory.setSoftLimit(Limit.NONE);

        assertThat(files.writes()).containsExactly("memory.low=4096", "memory.low=0");
    }

    @Test
    void settingsOfV2_areWritten() throws Exception {
        memory.setHigh(Limit.of(8192));
        memory.setMin(DataSize.ofBytes(4096));
        memory.setOomGroup(true);

        assertThat(files.writes()).containsExactly("memory.high=8192", "memory.min=4096", "memory.oom.group=1");
    }

    @Test
    void events_all_areRead() throws Exception {
        assertThat(memory.events())
                .isEqualTo(new MemoryEvents(
                        OptionalLong.of(1),
                        OptionalLong.of(3),
                        OptionalLong.of(4),
                        OptionalLong.of(5),
                        OptionalLong.of(2),
                        OptionalLong.of(6),
                        Optional.empty()));
    }

    @Test
    void events_olderKernel_lacksTheNewKeysAlone() throws Exception {
        files.with("memory.events", "low 0\nhigh 0\nmax 1\noom 1\n");

        assertThat(memory.events().max()).hasValue(1);
        assertThat(memory.events().oomKill()).isEmpty();
        assertThat(memory.usage().oomKills()).isEmpty();
    }
}
