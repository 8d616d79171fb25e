package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.usage.PidsUsage;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PidsControllerTest {

    private static FakeControlFiles newCgroup(CgroupVersion version) {
        return FakeControlFiles.of(version)
                .with("pids.max", "max")
                .with("pids.current", "3")
                .with("pids.events", "max 12\n");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void usage_withAndWithoutLimit_isRead(CgroupVersion version) throws Exception {
        FakeControlFiles files = newCgroup(version);

        assertThat(PidsController.of(files).usage()).isEqualTo(new PidsUsage(OptionalLong.of(3), OptionalLong.empty()));
        files.with("pids.max", "64");
        assertThat(PidsController.of(files).usage()).isEqualTo(new PidsUsage(OptionalLong.of(3), OptionalLong.of(64)));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void failedForks_present_areCounted(CgroupVersion version) throws Exception {
        assertThat(PidsController.of(newCgroup(version)).failedForks()).hasValue(12);
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void everything_withoutFiles_isAbsent(CgroupVersion version) throws Exception {
        PidsController pids = PidsController.of(FakeControlFiles.of(version));

        assertThat(pids.usage()).isEqualTo(new PidsUsage(OptionalLong.empty(), OptionalLong.empty()));
        assertThat(pids.failedForks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void usage_emptyFile_failsAndNamesIt(CgroupVersion version) {
        FakeControlFiles files = newCgroup(version).with("pids.current", "");

        assertThatThrownBy(() -> PidsController.of(files).usage())
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining("pids.current");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void usage_cgroupGone_throws(CgroupVersion version) {
        FakeControlFiles files = newCgroup(version).goAway();

        assertThatThrownBy(() -> PidsController.of(files).usage()).isInstanceOf(ErrnoException.class);
    }
}
