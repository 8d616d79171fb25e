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

    final FakeControlFiles files = newCgroup();
    final MemoryController memory = MemoryController.of(files);

    abstract FakeControlFiles newCgroup();

    abstract String hardFile();

    abstract String currentFile();

    abstract String peakFile();

    @Test
    void hardLimit_newCgroup_isNone() throws Exception {
        assertThat(memory.hardLimit()).contains(Limit.NONE);
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
    }

    @Test
    void everything_cgroupGone_throws() {
        files.goAway();

        assertThatThrownBy(memory::usage).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(memory::events).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(memory::stat).isInstanceOf(ErrnoException.class);
    }
}
