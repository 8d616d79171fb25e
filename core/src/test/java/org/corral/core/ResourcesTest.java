package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.IdList;
import org.corral.core.unit.Maximum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {

    private static final DeviceNumber SDA = new DeviceNumber(8, 0);
    private static final DataSize PAGE = DataSize.ofMebibytes(2);

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
                .withMemoryAndSwap(Maximum.parseBytes("96M"))
                .withCpuset(cpus("0-1"))
                .withIo(IoLimits.NONE.withWeight(50))
                .withHugetlb(HugetlbLimits.NONE.with(PAGE, Maximum.NONE))
                .withDisk(DataSize.parse("1G"))
                .withPids(10);
        assertThat(all.disk()).hasValue(DataSize.parse("1G"));
        assertThat(all.orElse(Resources.NONE)).isEqualTo(all);
        assertThat(Resources.NONE.orElse(all)).isEqualTo(all);
        assertThat(all.memoryAndSwap()).hasValue(Maximum.of(96 << 20));
        assertThat(all.cpuset()).isEqualTo(cpus("0-1"));
        assertThat(all.io().weight()).hasValue(50);
        assertThat(all.hugetlb().limits()).containsOnlyKeys(PAGE);
        assertThat(all.toBuilder().build()).isEqualTo(all);
        assertThat(all.cpus()).hasValue(CpuAmount.ofCpus(1));
        assertThat(all.cpuLimit()).hasValue(CpuAmount.ofCpus(2));
        assertThat(all.memory()).hasValue(DataSize.parse("64M"));
        assertThat(all.memoryRequest()).hasValue(DataSize.parse("32M"));
        assertThat(all.pids()).hasValue(10);
    }

    private static Cpuset cpus(String list) {
        return new Cpuset(Optional.of(IdList.parse(list)), Optional.empty());
    }

    @Test
    void builder_eachAmount_isThere() {
        Resources built = Resources.builder()
                .cpus(CpuAmount.ofCpus(1))
                .cpuLimit(CpuAmount.ofCpus(2))
                .cpuset(cpus("1"))
                .memory(DataSize.parse("64M"))
                .memoryRequest(DataSize.parse("32M"))
                .memoryAndSwap(Maximum.NONE)
                .pids(10)
                .io(IoLimits.NONE.withWeight(50))
                .hugetlb(HugetlbLimits.NONE.with(PAGE, Maximum.of(0)))
                .disk(DataSize.parse("1G"))
                .build();
        assertThat(built)
                .isEqualTo(Resources.NONE
                        .withCpus(CpuAmount.ofCpus(1))
                        .withCpuLimit(CpuAmount.ofCpus(2))
                        .withCpuset(cpus("1"))
                        .withMemory(DataSize.parse("64M"))
                        .withMemoryRequest(DataSize.parse("32M"))
                        .withMemoryAndSwap(Maximum.NONE)
                        .withPids(10)
                        .withIo(IoLimits.NONE.withWeight(50))
                        .withHugetlb(HugetlbLimits.NONE.with(PAGE, Maximum.of(0)))
                        .withDisk(DataSize.parse("1G")));
    }

    @Test
    void withMemoryAndSwap_belowTheLimit_refusedNamingBoth() {
        Resources limited = Resources.NONE.withMemory(DataSize.parse("64M"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limited.withMemoryAndSwap(Maximum.parseBytes("63M")))
                .withMessageContainingAll("63MiB", "64MiB", "no swap");
        assertThat(limited.withMemoryAndSwap(Maximum.parseBytes("64M")).memoryAndSwap())
                .isPresent();
        assertThat(limited.withMemoryAndSwap(Maximum.NONE).memoryAndSwap()).hasValue(Maximum.NONE);
    }

    @Test
    void requireWhole_swapWithoutMemory_refused() {
        Resources swapAlone = Resources.NONE.withMemoryAndSwap(Maximum.parseBytes("64M"));
        assertThatIllegalArgumentException()
                .isThrownBy(swapAlone::requireWhole)
                .withMessageContainingAll("64MiB", "needs a memory limit");
        swapAlone.withMemory(DataSize.parse("64M")).requireWhole();
        Resources.NONE.withMemoryAndSwap(Maximum.NONE).requireWhole();
    }

    @Test
    void withCpuset_emptyList_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> cpus("")).withMessageContaining("list of CPUs is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cpuset(Optional.empty(), Optional.of(IdList.parse(""))))
                .withMessageContaining("list of memory nodes is empty");
    }

    @Test
    void orElse_groups_areMergedKnobByKnob() {
        Resources current = Resources.NONE
                .withCpuset(cpus("0"))
                .withMemory(DataSize.parse("64M"))
                .withMemoryAndSwap(Maximum.parseBytes("64M"))
                .withIo(IoLimits.NONE.withWeight(50).with(SDA, IoThrottle.ofReads(Maximum.of(5))));
        Resources wanted = Resources.NONE
                .withCpuset(new Cpuset(Optional.empty(), Optional.of(IdList.parse("0"))))
                .withIo(IoLimits.NONE.with(SDA, IoThrottle.ofWrites(Maximum.of(6))))
                .withHugetlb(HugetlbLimits.NONE.with(PAGE, Maximum.of(0)));
        Resources both = wanted.orElse(current);
        assertThat(both.cpuset()).isEqualTo(new Cpuset(Optional.of(IdList.parse("0")), Optional.of(IdList.parse("0"))));
        assertThat(both.memoryAndSwap()).isEqualTo(current.memoryAndSwap());
        assertThat(both.io().weight()).hasValue(50);
        assertThat(both.io().throttles().get(SDA))
                .isEqualTo(IoThrottle.ofReads(Maximum.of(5)).orElse(IoThrottle.ofWrites(Maximum.of(6))));
        assertThat(both.hugetlb()).isEqualTo(wanted.hugetlb());
    }

    @Test
    void withMemory_zero_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resources.NONE.withMemory(DataSize.ofBytes(0)))
                .withMessageContaining("memory limit 0");
    }

    @Test
    void withDisk_zero_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resources.NONE.withDisk(DataSize.ofBytes(0)))
                .withMessageContaining("disk limit 0");
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
