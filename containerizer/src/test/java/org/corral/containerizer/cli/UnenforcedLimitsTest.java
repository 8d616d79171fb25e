package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.junit.jupiter.api.Test;

class UnenforcedLimitsTest {

    private static final Resources ALL = Resources.NONE
            .withCpuLimit(CpuAmount.ofCpus(1))
            .withMemory(DataSize.ofMebibytes(64))
            .withPids(5);

    @Test
    void remark_posix_namesWhatIsMissing() {
        assertThat(UnenforcedLimits.remark(ALL, List.of("posix/cpu", "posix/mem")))
                .contains(
                        "limits are not enforced: they need cgroups/cpu,cgroups/mem,cgroups/pids, and the isolation is "
                                + "posix/cpu,posix/mem");
    }

    @Test
    void remark_someKept_namesTheOthers() {
        assertThat(UnenforcedLimits.remark(ALL, List.of("cgroups/cpu", "cgroups/pids")))
                .hasValueSatisfying(line -> assertThat(line).contains("they need cgroups/mem, "));
    }

    @Test
    void remark_allKeptOrNoneAsked_nothing() {
        assertThat(UnenforcedLimits.remark(ALL, List.of("cgroups/cpu", "cgroups/mem", "cgroups/pids")))
                .isEmpty();
        assertThat(UnenforcedLimits.remark(Resources.NONE, List.of("posix/cpu")))
                .isEmpty();
    }
}
