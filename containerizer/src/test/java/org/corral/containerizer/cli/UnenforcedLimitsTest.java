package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.corral.core.Cpuset;
import org.corral.core.HugetlbLimits;
import org.corral.core.IoLimits;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.IdList;
import org.corral.core.unit.Maximum;
import org.junit.jupiter.api.Test;

class UnenforcedLimitsTest {

    private static final Resources ALL = Resources.NONE
            .withCpuLimit(CpuAmount.ofCpus(1))
            .withMemory(DataSize.ofMebibytes(64))
            .withPids(5);

    private static final Resources MORE = Resources.NONE
            .withCpuset(new Cpuset(Optional.of(IdList.parse("0")), Optional.empty()))
            .withMemoryAndSwap(Maximum.NONE)
            .withIo(IoLimits.NONE.withWeight(10))
            .withHugetlb(HugetlbLimits.NONE.with(DataSize.ofMebibytes(2), Maximum.of(0)));

    @Test
    void remark_posix_namesWhatIsMissing() {
        assertThat(UnenforcedLimits.of(ALL, List.of("posix/cpu", "posix/mem")).remark())
                .contains(
                        "limits are not enforced: they need cgroups/cpu,cgroups/mem,cgroups/pids, and the isolation is "
                                + "posix/cpu,posix/mem");
    }

    @Test
    void remark_someKept_namesTheOthers() {
        assertThat(UnenforcedLimits.of(ALL, List.of("cgroups/cpu", "cgroups/pids"))
                        .remark())
                .hasValueSatisfying(line -> assertThat(line).contains("they need cgroups/mem, "));
    }

    @Test
    void remark_allKeptOrNoneAsked_nothing() {
        assertThat(UnenforcedLimits.of(ALL, List.of("cgroups/cpu", "cgroups/mem", "cgroups/pids"))
                        .remark())
                .isEmpty();
        assertThat(UnenforcedLimits.of(Resources.NONE, List.of("posix/cpu")).remark())
                .isEmpty();
    }

    @Test
    void remark_otherKnobs_namesTheirIsolators() {
        UnenforcedLimits unenforced = UnenforcedLimits.of(MORE, List.of("cgroups/cpu"));
        assertThat(unenforced.missing())
                .containsExactly("cgroups/blkio", "cgroups/cpuset", "cgroups/hugetlb", "cgroups/mem");
    }

    @Test
    void unremarkedByAuto_whatAutoTellsAnyway_isLeftOut() {
        List<String> posix = List.of("posix/cpu");
        assertThat(UnenforcedLimits.of(MORE, posix).unremarkedByAuto().missing())
                .containsExactly("cgroups/blkio", "cgroups/cpuset", "cgroups/hugetlb");
        assertThat(UnenforcedLimits.of(ALL, posix).unremarkedByAuto().remark()).isEmpty();
    }
}
