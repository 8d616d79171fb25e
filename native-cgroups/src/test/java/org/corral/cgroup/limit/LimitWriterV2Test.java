package org.corral.cgroup.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.corral.cgroup.controller.ControlFileFormatException;
import org.corral.cgroup.controller.CpuBandwidth;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryLimits;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.isolator.LimitStep;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitWriterV2Test extends LimitsTest {

    LimitWriterV2Test() {
        super(CgroupVersion.V2);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "512, 50", "2048, 200", "307200, 10000"})
    void cpuShares_scaleOfV1_areWeight(long shares, String weight) throws Exception {
        plan.cpuShares(shares).apply();

        assertThat(host.file("cpu.weight")).isEqualTo(weight);
    }

    @Test
    void cpuBandwidth_quotaAndPeriod_areOneWrite() throws Exception {
        plan.cpuBandwidth(bandwidth(50_000, 100_000)).apply();
        plan.clear().cpuBandwidth(CpuBandwidth.unlimited()).apply();

        assertThat(host.writes()).containsExactly("cpu.max=50000 100000", "cpu.max=max 100000");
    }

    @Test
    void cpuBandwidth_read_isWhatWasWritten() throws Exception {
        plan.cpuBandwidth(bandwidth(1_000_000, 1_000_000)).apply();
        host.writer.forget();

        assertThat(plan.clear().cpuBandwidth(bandwidth(1_000_000, 1_000_000)).steps())
                .containsExactly(LimitStep.unchanged("cpu.max", "1000000 1000000"));
    }

    @Test
    void cpuBandwidth_moreThanAnyKernelTakes_isRefusedBeforeAnyCall() {
        host.kernel.calls().clear();

        assertThatThrownBy(() -> plan.cpuBandwidth(bandwidth(Long.MAX_VALUE >>> 20, 100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("less CPU");
        assertThat(host.kernel.calls().recorded()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "max", "50000", "50000 x"})
    void steps_cpuMaxCutShort_fails(String text) {
        host.file("cpu.max", text);

        assertThatThrownBy(() -> plan.cpuBandwidth(bandwidth(5000, 100_000)).steps())
                .isInstanceOf(ControlFileFormatException.class);
    }

    @Test
    void cpuBurst_isNeverAboveTheQuota() throws Exception {
        plan.cpuBandwidth(bandwidth(50_000, 100_000)).cpuBurst(Duration.ofMillis(40));
        assertThat(plan.steps()).extracting(LimitStep::file).containsExactly("cpu.max", "cpu.max.burst");
        assertThat(plan.steps())
                .extracting(LimitStep::note)
                .containsExactly("", "last, for it may not be above the quota");
        plan.apply();

        plan.clear().cpuBandwidth(bandwidth(20_000, 100_000)).cpuBurst(Duration.ofMillis(10));

        assertThat(plan.steps()).extracting(LimitStep::file).containsExactly("cpu.max.burst", "cpu.max");
        assertThat(plan.steps().get(0).note()).startsWith("first");
    }

    @Test
    void cpuBurst_alone_needsNoReason() throws Exception {
        plan.cpuBurst(Duration.ofMillis(40)).apply();
        assertThat(plan.clear().cpuBurst(Duration.ofMillis(50)).steps().get(0).note())
                .isEmpty();

        assertThat(plan.clear().cpuBurst(Duration.ofMillis(10)).steps().get(0).note())
                .isEmpty();
    }

    @Test
    void memory_withSwap_isTheDifference() throws Exception {
        plan.memory(new MemoryLimits(mib(64), mib(96))).apply();

        assertThat(host.file("memory.max")).isEqualTo(bytes(64));
        assertThat(host.file("memory.swap.max")).isEqualTo(bytes(32));
    }

    @Test
    void memory_swapGrows_goesFirstSoThatMemoryCanShrinkIntoIt() throws Exception {
        plan.memory(new MemoryLimits(mib(64), mib(64))).apply();

        plan.clear().memory(new MemoryLimits(mib(32), mib(96))).apply();
        plan.clear().memory(new MemoryLimits(mib(48), mib(48))).apply();

        assertThat(host.writes())
                .containsExactly(
                        "memory.max=" + bytes(64),
                        "memory.swap.max=0",
                        "memory.swap.max=" + bytes(64),
                        "memory.max=" + bytes(32),
                        "memory.max=" + bytes(48),
                        "memory.swap.max=0");
    }

    @Test
    void softMemory_none_isZero() throws Exception {
        plan.softMemory(mib(64)).apply();
        plan.clear().softMemory(Limit.NONE).apply();

        assertThat(host.writes()).containsExactly("memory.low=" + bytes(64), "memory.low=0");
    }

    @Test
    void undo_memoryUsedByNow_isNotLoweredAgainAsV2WouldKill() throws Exception {
        host.file("memory.max", bytes(64));
        plan.memory(mib(128)).pids(Limit.of(9)).apply();
        host.file("memory.current", bytes(100));
        host.kernel.calls().clear();

        plan.undo();

        assertThat(host.writes()).containsExactly("pids.max=max");
        assertThat(plan.outcomes().get(0)).isInstanceOfSatisfying(KnobOutcome.NotUndone.class, left -> {
            assertThat(left.previous()).isEqualTo(bytes(64));
            assertThat(left.message()).contains("EBUSY", bytes(100));
        });
    }

    @Test
    void undo_memoryNotUsed_isLoweredAgain() throws Exception {
        host.file("memory.max", bytes(64));
        plan.memory(mib(128)).apply();
        host.file("memory.current", bytes(64));

        plan.undo();

        assertThat(host.file("memory.max")).isEqualTo(bytes(64));
    }

    @Test
    void apply_refused_isTold() throws Exception {
        host.kernel.calls().failNext("write", "cpu.weight", Errno.EINVAL);

        assertThat(plan.cpuShares(2048).apply()).isFalse();

        assertThat(plan.outcomes().get(0).isRefusedWith(Errno.EINVAL)).isTrue();
    }
}
