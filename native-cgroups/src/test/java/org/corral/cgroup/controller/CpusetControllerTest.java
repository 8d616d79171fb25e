package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.IdList;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CpusetControllerTest {

    private static final String CPUS = "cpuset.cpus";
    private static final String MEMS = "cpuset.mems";

    private final FakeControlFiles v1 =
            cgroup(CgroupVersion.V1).with("cpuset.effective_cpus", "0-1").with("cpuset.effective_mems", "0");
    private final FakeControlFiles v2 =
            cgroup(CgroupVersion.V2).with("cpuset.cpus.effective", "0-1").with("cpuset.mems.effective", "0");

    private static FakeControlFiles cgroup(CgroupVersion version) {
        return FakeControlFiles.of(version).with(CPUS, "").with(MEMS, "");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void set_lists_areWrittenAsTheKernelPrintsThem(CgroupVersion version) throws Exception {
        FakeControlFiles files = cgroup(version);
        CpusetController cpuset = CpusetController.of(files);

        assertThat(cpuset.setCpus(IdList.of(List.of(2, 0, 1)))).isEqualTo(new KnobOutcome.Written(CPUS, "0-2", ""));
        assertThat(cpuset.setMems(IdList.of(List.of(0)))).isEqualTo(new KnobOutcome.Written(MEMS, "0", ""));
        assertThat(cpuset.cpus()).contains(IdList.of(List.of(0, 1, 2)));
        assertThat(cpuset.mems()).contains(IdList.of(List.of(0)));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void setCpus_emptyList_isALineEnd(CgroupVersion version) throws Exception {
        FakeControlFiles files = cgroup(version).with(CPUS, "0-1").onWrite(CPUS, String::strip);

        assertThat(CpusetController.of(files).setCpus(IdList.of(List.of()))).isInstanceOf(KnobOutcome.Written.class);
        assertThat(files.writes()).containsExactly(CPUS + "=\n");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void setCpus_notTheParents_isRefused(CgroupVersion version) throws Exception {
        FakeControlFiles files = cgroup(version).refuseWrite(CPUS, Errno.EACCES);

        assertThat(CpusetController.of(files).setCpus(IdList.of(List.of(7))).isRefusedWith(Errno.EACCES))
                .isTrue();
    }

    @Test
    void effective_eitherVersion_isRead() throws Exception {
        for (FakeControlFiles files : List.of(v1, v2)) {
            assertThat(CpusetController.of(files).effectiveCpus()).contains(IdList.of(List.of(0, 1)));
            assertThat(CpusetController.of(files).effectiveMems()).contains(IdList.of(List.of(0)));
        }
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void reads_withoutFiles_areAbsent(CgroupVersion version) throws Exception {
        CpusetController cpuset = CpusetController.of(FakeControlFiles.of(version));

        assertThat(cpuset.cpus()).isEmpty();
        assertThat(cpuset.mems()).isEmpty();
        assertThat(cpuset.effectiveCpus()).isEmpty();
        assertThat(cpuset.effectiveMems()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void cpus_cgroupGone_throws(CgroupVersion version) {
        FakeControlFiles files = cgroup(version).goAway();

        assertThatThrownBy(() -> CpusetController.of(files).cpus()).isInstanceOf(ErrnoException.class);
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void cpus_damagedFile_failsAndQuotesIt(CgroupVersion version) {
        FakeControlFiles files = cgroup(version).with(CPUS, "0-");

        assertThatThrownBy(() -> CpusetController.of(files).cpus())
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining(CPUS + ": line '0-'");
    }

    @Test
    void inheritFrom_emptyV1Level_isFilled() throws Exception {
        FakeControlFiles parent = cgroup(CgroupVersion.V1).with(CPUS, "0-1").with(MEMS, "0");

        CpusetController.of(v1).inheritFrom(parent);

        assertThat(v1.writes()).containsExactly(CPUS + "=0-1", MEMS + "=0");
    }

    @Test
    void inheritFrom_filledV1Level_keepsItsOwn() throws Exception {
        FakeControlFiles parent = cgroup(CgroupVersion.V1).with(CPUS, "0-1").with(MEMS, "0");
        v1.with(CPUS, "1");

        CpusetController.of(v1).inheritFrom(parent);

        assertThat(v1.writes()).containsExactly(MEMS + "=0");
    }

    @Test
    void inheritFrom_emptyV1Parent_failsWithRemedy() {
        assertThatThrownBy(() -> CpusetController.of(v1).inheritFrom(cgroup(CgroupVersion.V1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cpuset.cpus")
                .hasMessageContaining("its own parent first");
    }

    @Test
    void inheritFrom_v2_writesNothing() throws Exception {
        CpusetController.of(v2).inheritFrom(cgroup(CgroupVersion.V2));

        assertThat(v2.writes()).isEmpty();
    }
}
