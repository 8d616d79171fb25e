package org.corral.cgroup.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.corral.cgroup.controller.CpuBandwidth;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryLimits;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.isolator.LimitStep;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.Test;

class LimitWriterV1Test extends LimitsTest {

    private static final String LIMIT = "memory.limit_in_bytes";
    private static final String TOTAL = "memory.memsw.limit_in_bytes";
    private static final String SOFT = "memory.soft_limit_in_bytes";
    private static final String QUOTA = "cpu.cfs_quota_us";
    private static final String PERIOD = "cpu.cfs_period_us";
    private static final String BURST = "cpu.cfs_burst_us";

    LimitWriterV1Test() {
        super(CgroupVersion.V1);
    }

    @Test
    void apply_changed_isWrittenAndToldWithWhatWasThere() throws Exception {
        assertThat(plan.cpuShares(512).memory(mib(64)).pids(Limit.of(10)).apply())
                .isTrue();

        assertThat(plan.outcomes())
                .containsExactlyInAnyOrder(
                        new KnobOutcome.Written("cpu.shares", "512", "1024"),
                        new KnobOutcome.Written(LIMIT, bytes(64), "-1"),
                        new KnobOutcome.Written("pids.max", "10", "max"));
        assertThat(host.file("cpu.shares")).isEqualTo("512");
        assertThat(host.file(LIMIT)).isEqualTo(bytes(64));
        assertThat(host.file("pids.max")).isEqualTo("10");
    }

    @Test
    void apply_sameAgain_makesNoCall() throws Exception {
        plan.cpuShares(512)
                .memory(mib(64))
                .cpuBandwidth(bandwidth(50_000, 100_000))
                .apply();
        host.kernel.calls().clear();

        assertThat(plan.clear()
                        .cpuShares(512)
                        .memory(mib(64))
                        .cpuBandwidth(bandwidth(50_000, 100_000))
                        .apply())
                .isTrue();

        assertThat(host.kernel.calls().recorded()).isEmpty();
        assertThat(plan.outcomes()).hasSize(4).allMatch(outcome -> outcome instanceof KnobOutcome.Unchanged);
    }

    @Test
    void apply_anotherValue_isOneCall() throws Exception {
        plan.cpuShares(512).apply();
        host.kernel.calls().clear();

        plan.clear().cpuShares(256).apply();

        assertThat(host.kernel.calls().recorded()).singleElement().asString().contains("cpu.shares, \"256\"");
    }

    @Test
    void clear_limitAskedForBefore_isNeitherReadNorWritten() throws Exception {
        plan.cpuShares(512);

        plan.clear().pids(Limit.of(5)).apply();

        assertThat(host.writes()).containsExactly("pids.max=5");
        assertThat(host.kernel.calls().recorded("pread")).noneMatch(read -> read.contains("cpu.shares"));
    }

    @Test
    void apply_lifted_writesWhatMeansNone() throws Exception {
        plan.memory(mib(64))
                .cpuBandwidth(bandwidth(50_000, 100_000))
                .pids(Limit.of(3))
                .apply();

        plan.clear()
                .memory(Limit.NONE)
                .cpuBandwidth(CpuBandwidth.unlimited())
                .pids(Limit.NONE)
                .apply();

        assertThat(host.writes()).endsWith(QUOTA + "=-1", LIMIT + "=-1", "pids.max=max");
        host.writer.forget();
        assertThat(plan.clear()
                        .memory(Limit.NONE)
                        .cpuBandwidth(CpuBandwidth.unlimited())
                        .steps())
                .noneMatch(LimitStep::isWrite);
    }

    @Test
    void forget_somebodyElseWrote_isReadAndWrittenAgain() throws Exception {
        plan.cpuShares(512).apply();
        host.file("cpu.shares", "2048");

        host.writer.forget();

        assertThat(plan.clear().cpuShares(512).steps()).containsExactly(new LimitStep("cpu.shares", "2048", "512", ""));
        plan.apply();
        assertThat(host.file("cpu.shares")).isEqualTo("512");
    }

    @Test
    void steps_always_writeNothing() throws Exception {
        plan.cpuShares(512)
                .memory(new MemoryLimits(mib(64), mib(96)))
                .softMemory(mib(64))
                .pids(Limit.NONE);

        assertThat(plan.steps())
                .extracting(LimitStep::toString)
                .containsExactly(
                        LIMIT + ": -1 -> " + bytes(64)
                                + " (first, for it may not be above the limit of memory and swap)",
                        TOTAL + ": -1 -> " + bytes(96),
                        "cpu.shares: 1024 -> 512",
                        SOFT + ": -1 -> " + bytes(64),
                        "pids.max: max, unchanged");
        assertThat(host.writes()).isEmpty();
    }

    @Test
    void steps_fileIsMissing_saysSo() throws Exception {
        host.files().withoutFile(TOTAL);
        plan.memory(new MemoryLimits(mib(64), mib(96)));

        assertThat(plan.steps())
                .extracting(LimitStep::toString)
                .contains(TOTAL + ": kept, because this kernel does not have it");
    }

    /** MESOS-7237: limit <= total holds at every moment, or the kernel answers EINVAL. */
    @Test
    void apply_memoryAndSwap_growAndShrinkInTheOrderThatTheKernelTakes() throws Exception {
        plan.memory(new MemoryLimits(mib(64), mib(64))).apply();
        plan.clear().memory(new MemoryLimits(mib(128), mib(192))).apply();
        plan.clear().memory(new MemoryLimits(mib(32), mib(32))).apply();

        assertThat(host.writes())
                .containsExactly(
                        LIMIT + "=" + bytes(64),
                        TOTAL + "=" + bytes(64),
                        TOTAL + "=" + bytes(192),
                        LIMIT + "=" + bytes(128),
                        LIMIT + "=" + bytes(32),
                        TOTAL + "=" + bytes(32));
    }

    @Test
    void apply_longerPeriod_goesFirst() throws Exception {
        plan.cpuBandwidth(bandwidth(80_000, 100_000)).apply();
        plan.clear().cpuBandwidth(bandwidth(150_000, 200_000));

        assertThat(plan.steps().get(0).note()).startsWith("first");
        plan.apply();

        assertThat(host.writes()).endsWith(PERIOD + "=200000", QUOTA + "=150000");
    }

    @Test
    void apply_shorterPeriod_goesLast() throws Exception {
        plan.cpuBandwidth(bandwidth(80_000, 100_000)).apply();

        plan.clear().cpuBandwidth(bandwidth(10_000, 20_000)).apply();

        assertThat(host.writes()).endsWith(QUOTA + "=10000", PERIOD + "=20000");
    }

    /** A cgroup below may have as much as this one: then the part must not become smaller in between. */
    @Test
    void apply_periodRefusedForOneBelow_quotaGoesFirst() throws Exception {
        plan.cpuBandwidth(bandwidth(100_000, 100_000)).apply();
        host.kernel.calls().failNext("write", PERIOD, Errno.EINVAL);

        assertThat(plan.clear().cpuBandwidth(bandwidth(200_000, 200_000)).apply())
                .isTrue();

        assertThat(host.writes()).endsWith(PERIOD + "=200000", QUOTA + "=200000", PERIOD + "=200000");
        assertThat(plan.outcomes()).hasSize(2).allMatch(outcome -> outcome instanceof KnobOutcome.Written);
    }

    @Test
    void apply_burst_isNeverAboveTheQuota() throws Exception {
        plan.cpuBandwidth(bandwidth(50_000, 100_000))
                .cpuBurst(Duration.ofMillis(40))
                .apply();
        plan.clear()
                .cpuBandwidth(bandwidth(20_000, 100_000))
                .cpuBurst(Duration.ofMillis(10))
                .apply();

        assertThat(host.writes())
                .containsExactly(QUOTA + "=50000", BURST + "=40000", BURST + "=10000", QUOTA + "=20000");
    }

    @Test
    void cpuBurst_negative_isRefused() {
        assertThatThrownBy(() -> plan.cpuBurst(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("negative");
    }

    @Test
    void apply_noWholeNumberOfPages_isReadBackAndNotWrittenAgain() throws Exception {
        plan.memory(mib(1)).apply();
        host.kernel.calls().before("pread", LIMIT, () -> host.file(LIMIT, bytes(64)));
        long odd = (64 << 20) + 1;

        assertThat(plan.clear().memory(Limit.of(odd)).apply()).isTrue();
        assertThat(plan.outcomes()).containsExactly(new KnobOutcome.Written(LIMIT, Long.toString(odd), bytes(1)));
        host.kernel.calls().clear();

        plan.clear().memory(Limit.of(odd)).apply();

        assertThat(host.kernel.calls().recorded()).isEmpty();
    }

    /** A value that each kernel takes as it is needs no look at what became of it, once one was seen to be taken. */
    @Test
    void apply_wholePagesAgain_areNotReadBack() throws Exception {
        plan.memory(mib(1)).cpuShares(2).apply();
        host.kernel.calls().clear();

        plan.clear().memory(mib(2)).cpuShares(1 << 18).apply();

        assertThat(host.kernel.calls().recorded("pread")).isEmpty();
        assertThat(host.writes()).containsExactlyInAnyOrder(LIMIT + "=" + bytes(2), "cpu.shares=262144");
    }

    @Test
    void apply_noLimitAgain_isNotReadBack() throws Exception {
        plan.memory(mib(1)).apply();
        host.kernel.calls().clear();

        plan.clear().memory(Limit.NONE).apply();

        assertThat(host.kernel.calls().recorded("pread")).isEmpty();
    }

    @Test
    void apply_moreSharesThanTheScaleHas_isClamped() throws Exception {
        plan.cpuShares(2).apply();
        host.kernel.calls().before("pread", "cpu.shares", () -> host.file("cpu.shares", "262144"));

        assertThat(plan.clear().cpuShares(307_200).apply()).isTrue();

        assertThat(plan.outcomes()).containsExactly(new KnobOutcome.Clamped("cpu.shares", "307200", "2", "262144"));
    }
}
