package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitHitsTest {

    private static final String UNLIMITED = "9223372036854771712";

    private final FakeControlFiles files =
            FakeControlFiles.of(CgroupVersion.V1).with("memory.failcnt", "7").with("memory.limit_in_bytes", "3200");

    @Test
    void since_countHasGrown_onceForEachGrowth() throws Exception {
        LimitHits hits = new LimitHits(files);
        assertThat(hits.since()).isFalse();

        files.with("memory.failcnt", "9");

        assertThat(hits.since()).isTrue();
        assertThat(hits.since()).isFalse();
    }

    /** With swap the limit of both is counted nowhere by newer kernels. */
    @ParameterizedTest
    @CsvSource({
        "3200, 3200, true",
        "3200, 3100, true",
        "3200, 3099, false",
        "3201, 3201, false",
        UNLIMITED + ", 3200, false"
    })
    void since_countHasNotGrown_onlyIfSwapMayNotHelpAndAllIsUsed(String total, String used, boolean hit)
            throws Exception {
        files.with("memory.memsw.limit_in_bytes", total).with("memory.memsw.usage_in_bytes", used);

        assertThat(new LimitHits(files).since()).isEqualTo(hit);
    }

    @Test
    void since_noLimitAtAll_neverHit() throws Exception {
        files.with("memory.limit_in_bytes", UNLIMITED)
                .with("memory.memsw.limit_in_bytes", UNLIMITED)
                .with("memory.memsw.usage_in_bytes", "9223372036854771711");

        assertThat(new LimitHits(files).since()).isFalse();
    }

    @Test
    void since_cgroupGone_told() throws Exception {
        LimitHits hits = new LimitHits(files);
        files.goAway();

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(hits::since)
                .matches(e -> e.kind() == FailureKind.GONE);
    }
}
