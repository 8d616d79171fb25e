package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.DataSize;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

class MemoryControllerV1Test extends MemoryControllerContract {

    private static final String LIMIT = "memory.limit_in_bytes";
    private static final String UNLIMITED = "9223372036854771712";

    @Override
    FakeControlFiles newCgroup() {
        return FakeControlFiles.of(CgroupVersion.V1)
                .with(LIMIT, UNLIMITED)
                .with("memory.usage_in_bytes", "5000")
                .with("memory.max_usage_in_bytes", "9000")
                .with("memory.failcnt", "6")
                .with("memory.oom_control", "oom_kill_disable 0\nunder_oom 1\noom_kill 2\n")
                .with("memory.stat", "cache 1\nrss 1\ntotal_cache 2000\ntotal_rss 1000\ntotal_swap 3000\n");
    }

    @Override
    String hardFile() {
        return LIMIT;
    }

    @Override
    String currentFile() {
        return "memory.usage_in_bytes";
    }

    @Override
    String peakFile() {
        return "memory.max_usage_in_bytes";
    }

    @Test
    void settingsOfV2_areUnsupported() throws Exception {
        assertThat(List.of(
                        memory.setHigh(Limit.of(4096)),
                        memory.setMin(DataSize.ofBytes(4096)),
                        memory.setOomGroup(true)))
                .allMatch(outcome -> outcome instanceof KnobOutcome.Unsupported)
                .extracting(KnobOutcome::file)
                .containsExactly("memory.high", "memory.min", "memory.oom.group");
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void events_known_areRead() throws Exception {
        OptionalLong none = OptionalLong.empty();

        assertThat(memory.events())
                .isEqualTo(new MemoryEvents(
                        none, none, OptionalLong.of(6), none, OptionalLong.of(2), none, Optional.of(true)));
    }

    @Test
    void events_kernelBefore413_lacksTheKills() throws Exception {
        files.with("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\n");

        assertThat(memory.events().oomKill()).isEmpty();
        assertThat(memory.events().underOom()).contains(false);
        assertThat(memory.usage().oomKills()).isEmpty();
    }
}
