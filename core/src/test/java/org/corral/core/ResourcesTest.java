package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {

    @Test
    void none_everything_absent() {
        assertThat(Resources.NONE.isEmpty()).isTrue();
        assertThat(Resources.NONE.withPids(1).isEmpty()).isFalse();
    }

    @Test
    void with_eachAmount_changesThatAlone() {
        Resources all = Resources.NONE
                .withCpus(CpuAmount.ofCpus(1))
                .withCpuLimit(CpuAmount.ofCpus(2))
                .withMemory(DataSize.parse("64M"))
                .withMemoryRequest(DataSize.parse("32M"))
                .withPids(10);
        assertThat(all.cpus()).hasValue(CpuAmount.ofCpus(1));
        assertThat(all.cpuLimit()).hasValue(CpuAmount.ofCpus(2));
        assertThat(all.memory()).hasValue(DataSize.parse("64M"));
        assertThat(all.memoryRequest()).hasValue(DataSize.parse("32M"));
        assertThat(all.pids()).hasValue(10);
    }

    @Test
    void withMemory_zero_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resources.NONE.withMemory(DataSize.ofBytes(0)))
                .withMessageContaining("memory limit 0");
    }

    @Test
    void withMemoryRequest_zero_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resources.NONE.withMemoryRequest(DataSize.ofBytes(0)))
                .withMessageContaining("memory request 0");
    }

    @Test
    void withMemoryRequest_aboveTheLimit_refusedNamingBoth() {
        Resources limited = Resources.NONE.withMemory(DataSize.parse("64M"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limited.withMemoryRequest(DataSize.parse("65M")))
                .withMessageContaining("65MiB")
                .withMessageContaining("64MiB");
    }

    @Test
    void withMemoryRequest_equalToTheLimit_accepted() {
        Resources limited = Resources.NONE.withMemory(DataSize.parse("64M"));
        assertThat(limited.withMemoryRequest(DataSize.parse("64M")).memoryRequest())
                .isEqualTo(limited.memory());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void withPids_belowOne_refused(long pids) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resources.NONE.withPids(pids))
                .withMessageContaining("pids limit " + pids);
    }

    @Test
    void orElse_absentAmounts_takenFromTheCurrent() {
        Resources current = Resources.NONE.withCpus(CpuAmount.ofCpus(1)).withPids(10);
        Resources wanted = Resources.NONE.withCpus(CpuAmount.ofCpus(2)).withMemory(DataSize.parse("64M"));
        assertThat(wanted.orElse(current)).isEqualTo(wanted.withPids(10));
    }

    @Test
    void orElse_requestAboveTheNewLimit_refused() {
        Resources current = Resources.NONE.withMemoryRequest(DataSize.parse("64M"));
        Resources wanted = Resources.NONE.withMemory(DataSize.parse("32M"));
        assertThatIllegalArgumentException().isThrownBy(() -> wanted.orElse(current));
    }
}
