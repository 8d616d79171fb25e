package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.DataSize;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

class MemoryControllerV1Test extends MemoryControllerContract {

    private static final String LIMIT = "memory.limit_in_bytes";
    private static final String TOTAL = "memory.memsw.limit_in_bytes";
    private static final String SOFT = "memory.soft_limit_in_bytes";
    private static final String UNLIMITED = "9223372036854771712";

    /** A kernel that demands limit <= total at every moment. */
    @Override
    FakeControlFiles newCgroup() {
        FakeControlFiles cgroup = FakeControlFiles.of(CgroupVersion.V1)
                .with(LIMIT, UNLIMITED)
                .with(TOTAL, UNLIMITED)
                .with(SOFT, UNLIMITED)
                .with("memory.usage_in_bytes", "5000")
                .with("memory.max_usage_in_bytes", "9000")
                .with("memory.failcnt", "6")
                .with("memory.oom_control", "oom_kill_disable 0\nunder_oom 1\noom_kill 2\n")
                .with("memory.stat", "cache 1\nrss 1\ntotal_cache 2000\ntotal_rss 1000\ntotal_swap 3000\n");
        cgroup.onWrite(LIMIT, value -> checked(LIMIT, value, bytes(value), cgroup.number(TOTAL)));
        cgroup.onWrite(TOTAL, value -> checked(TOTAL, value, cgroup.number(LIMIT), bytes(value)));
        return cgroup.onWrite(SOFT, value -> Long.toString(bytes(value)));
    }

    private static String checked(String file, String value, long limit, long total) throws ErrnoException {
        if (limit > total) {
            throw FakeControlFiles.refusal(file, value, Errno.EINVAL);
        }
        return Long.toString(bytes(value));
    }

    private static long bytes(String value) {
        return Long.parseLong(value.equals("-1") ? UNLIMITED : value);
    }

    @Override
    String hardFile() {
        return LIMIT;
    }

    @Override
    String swapFile() {
        return TOTAL;
    }

    @Override
    String currentFile() {
        return "memory.usage_in_bytes";
    }

    @Override
    String peakFile() {
        return "memory.max_usage_in_bytes";
    }

    private List<String> filesWritten() {
        return files.writes().stream()
                .map(write -> write.substring(0, write.indexOf('=')))
                .toList();
    }

    @Test
    void setLimits_firstTime_writesMemoryFirst() throws Exception {
        assertThat(memory.setLimits(limits(64, 64))).hasSize(2).allMatch(KnobOutcome::isApplied);
        assertThat(filesWritten()).containsExactly(LIMIT, TOTAL);
    }

    @Test
    void setLimits_raised_writesTotalFirst() throws Exception {
        files.with(LIMIT, "67108864").with(TOTAL, "67108864");

        assertThat(memory.setLimits(limits(128, 128))).hasSize(2).allMatch(KnobOutcome::isApplied);
        assertThat(filesWritten()).containsExactly(TOTAL, LIMIT);
    }

    @Test
    void setLimits_lowered_writesMemoryFirst() throws Exception {
        files.with(LIMIT, "67108864").with(TOTAL, "67108864");

        assertThat(memory.setLimits(limits(32, 48))).hasSize(2).allMatch(KnobOutcome::isApplied);
        assertThat(filesWritten()).containsExactly(LIMIT, TOTAL);
    }

    @Test
    void setLimits_memoryUpAndTotalDown_areTaken() throws Exception {
        files.with(LIMIT, "33554432").with(TOTAL, "134217728");

        assertThat(memory.setLimits(limits(64, 64))).hasSize(2).allMatch(KnobOutcome::isApplied);
        assertThat(filesWritten()).containsExactly(LIMIT, TOTAL);
    }

    @Test
    void setLimits_removed_writesTotalFirst() throws Exception {
        files.with(LIMIT, "67108864").with(TOTAL, "67108864");

        assertThat(memory.setLimits(new MemoryLimits(Limit.NONE, Limit.NONE))).allMatch(KnobOutcome::isApplied);
        assertThat(files.writes()).containsExactly(TOTAL + "=-1", LIMIT + "=-1");
    }

    @Test
    void setLimits_totalRefusedWhileRaising_leavesMemory() throws Exception {
        files.with(LIMIT, "67108864").with(TOTAL, "67108864").refuseWrite(TOTAL, Errno.EACCES);

        assertThat(memory.setLimits(limits(128, 128))).hasSize(1).allMatch(o -> o.isRefusedWith(Errno.EACCES));
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void setHardLimit_belowUsage_isRefusedAsBusy() throws Exception {
        files.refuseWrite(LIMIT, Errno.EBUSY);

        assertThat(memory.setHardLimit(Limit.of(4096)).isRefusedWith(Errno.EBUSY))
                .isTrue();
    }

    @Test
    void setHardLimit_aboveTotal_isRefusedAsInvalid() throws Exception {
        files.with(LIMIT, "67108864").with(TOTAL, "67108864");

        assertThat(memory.setHardLimit(Limit.of(128 * MIB)).isRefusedWith(Errno.EINVAL))
                .isTrue();
    }

    @Test
    void setSoftLimit_setAndRemoved_areWritten() throws Exception {
        memory.setSoftLimit(Limit.of(4096));
        memory.setSoftLimit(Limit.NONE);

        assertThat(files.writes()).containsExactly(SOFT + "=4096", SOFT + "=-1");
    }

    @Test
    void setSoftLimit_kernelKeepsNone_isUnsupported() throws Exception {
        files.with(SOFT, "9223372036854771712");
        files.onWrite(SOFT, value -> "9223372036854771712");

        assertThat(memory.setSoftLimit(Limit.of(4096))).isInstanceOf(KnobOutcome.Unsupported.class);
        assertThat(memory.setSoftLimit(Limit.NONE).isApplied()).isTrue();
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
