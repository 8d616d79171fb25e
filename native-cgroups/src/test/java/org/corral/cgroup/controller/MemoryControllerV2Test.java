package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.DataSize;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

class MemoryControllerV2Test extends MemoryControllerContract {

    private static final String MAX = "memory.max";

    @Override
    FakeControlFiles newCgroup() {
        return FakeControlFiles.of(CgroupVersion.V2)
                .with(MAX, "max")
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
    String currentFile() {
        return "memory.current";
    }

    @Override
    String peakFile() {
        return "memory.peak";
    }

    @Test
    void settingsOfV2_areWritten() throws Exception {
        assertThat(memory.setHigh(Limit.of(8192))).isEqualTo(new KnobOutcome.Written("memory.high", "8192", "max"));
        assertThat(memory.setMin(DataSize.ofBytes(4096))).isEqualTo(new KnobOutcome.Written("memory.min", "4096", "0"));
        assertThat(memory.setOomGroup(true)).isEqualTo(new KnobOutcome.Written("memory.oom.group", "1", "0"));
        memory.setOomGroup(false);

        assertThat(files.writes())
                .containsExactly("memory.high=8192", "memory.min=4096", "memory.oom.group=1", "memory.oom.group=0");
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
