package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.usage.MemoryUsage;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

/** What the memory controller does on either version. */
abstract class MemoryControllerContract {

    static final long MIB = 1L << 20;

    final FakeControlFiles files = newCgroup();
    final MemoryController memory = MemoryController.of(files);

    abstract FakeControlFiles newCgroup();

    abstract String hardFile();

    abstract String swapFile();

    abstract String currentFile();

    abstract String peakFile();

    static MemoryLimits limits(long memoryMib, long totalMib) {
        return new MemoryLimits(Limit.of(memoryMib * MIB), Limit.of(totalMib * MIB));
    }

    @Test
    void hardLimit_setAndRemoved_readsBack() throws Exception {
        memory.setHardLimit(Limit.of(64 * MIB));
        assertThat(memory.hardLimit()).contains(Limit.of(64 * MIB));

        assertThat(memory.setHardLimit(Limit.NONE).isApplied()).isTrue();
        assertThat(memory.usage().limitBytes()).isEmpty();
    }

    @Test
    void hardLimit_newCgroup_isNone() throws Exception {
        assertThat(memory.hardLimit()).contains(Limit.NONE);
    }

    @Test
    void setLimits_swapNotAccounted_setsMemoryAllTheSame() throws Exception {
        FakeControlFiles noSwap = FakeControlFiles.of(files.version()).with(hardFile(), "4096");

        assertThat(MemoryController.of(noSwap).setLimits(limits(64, 64)))
                .satisfiesExactly(first -> assertThat(first.isApplied()).isTrue(), second -> assertThat(second)
                        .isInstanceOfSatisfying(KnobOutcome.Unsupported.class, swap -> assertThat(swap.file())
                                .isEqualTo(swapFile())));
        assertThat(noSwap.number(hardFile())).isEqualTo(64 * MIB);
    }

    @Test
    void setLimits_memoryRefused_leavesTheRest() throws Exception {
        memory.setLimits(limits(64, 96));
        String swap = files.text(swapFile());
        files.refuseWrite(hardFile(), Errno.EBUSY);

        assertThat(memory.setLimits(limits(32, 32))).hasSize(1).allMatch(o -> o.isRefusedWith(Errno.EBUSY));
        assertThat(files.text(swapFile())).isEqualTo(swap);
    }

    @Test
    void usage_complete_isRead() throws Exception {
        files.with(hardFile(), "67108864");

        assertThat(memory.usage())
                .isEqualTo(new MemoryUsage(
                        OptionalLong.of(5000),
                        OptionalLong.of(9000),
                        OptionalLong.of(67108864),
                        OptionalLong.of(1000),
                        OptionalLong.of(2000),
                        OptionalLong.of(3000),
                        OptionalLong.of(2)));
    }

    @Test
    void usage_onePartUnsupported_keepsTheRest() throws Exception {
        files.refuseRead(peakFile(), Errno.EOPNOTSUPP);

        assertThat(memory.usage().peakBytes()).isEmpty();
        assertThat(memory.usage().currentBytes()).hasValue(5000);
        assertThat(memory.usage().anonBytes()).hasValue(1000);
    }

    @Test
    void usage_emptyStat_lacksItsFieldsAlone() throws Exception {
        files.with("memory.stat", "");

        assertThat(memory.usage().anonBytes()).isEmpty();
        assertThat(memory.usage().fileBytes()).isEmpty();
        assertThat(memory.usage().currentBytes()).hasValue(5000);
    }

    @Test
    void usage_emptyNumber_failsAndNamesIt() {
        files.with(currentFile(), "");

        assertThatThrownBy(memory::usage)
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining(currentFile());
    }

    @Test
    void usage_statCutShort_failsAndQuotesTheLine() {
        files.with("memory.stat", "anon 12\nfi");

        assertThatThrownBy(memory::usage).hasMessageContaining("memory.stat: line 'fi'");
    }

    @Test
    void stat_allKeys_areKept() throws Exception {
        files.with("memory.stat", "pgfault 7\nbrand_new 18446744073709551615\n");

        assertThat(memory.stat()).containsEntry("pgfault", 7L).containsEntry("brand_new", Long.MAX_VALUE);
    }

    @Test
    void everything_withoutFiles_isAbsent() throws Exception {
        MemoryController bare = MemoryController.of(FakeControlFiles.of(files.version()));
        OptionalLong none = OptionalLong.empty();

        assertThat(bare.usage()).isEqualTo(new MemoryUsage(none, none, none, none, none, none, none));
        assertThat(bare.events()).isEqualTo(new MemoryEvents(none, none, none, none, none, none, Optional.empty()));
        assertThat(bare.hardLimit()).isEmpty();
        assertThat(bare.stat()).isEmpty();
        assertThat(bare.setHardLimit(Limit.of(MIB))).isInstanceOf(KnobOutcome.Unsupported.class);
        assertThat(bare.setSoftLimit(Limit.of(MIB))).isInstanceOf(KnobOutcome.Unsupported.class);
    }

    @Test
    void everything_cgroupGone_throws() {
        files.goAway();

        assertThatThrownBy(() -> memory.setHardLimit(Limit.of(MIB))).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(() -> memory.setLimits(limits(1, 1))).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(memory::usage).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(memory::events).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(memory::stat).isInstanceOf(ErrnoException.class);
    }
}
