package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.corral.cgroup.controller.CpuBandwidth;
import org.corral.cgroup.controller.CpuController;
import org.corral.cgroup.controller.CpuacctController;
import org.corral.cgroup.controller.CpusetController;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.controller.PidsController;
import org.corral.cgroup.layout.Controller;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.IdList;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every knob that both versions have, set and read back in the kernel's own files. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.PIDFD, Need.CPU, Need.CPUACCT, Need.MEMORY, Need.PIDS, Need.CPUSET, Need.FREEZER})
class ControllerIT {

    private static final long MEBIBYTE = 1 << 20;

    private OneCgroup one;

    @BeforeEach
    void create(TestRoot root) throws IOException {
        one = OneCgroup.create(root);
    }

    @AfterEach
    void close() throws Exception {
        one.close();
    }

    @Test
    void removedCgroup_anyFile_isGoneAndNotMissing() throws Exception {
        one.cgroup().delete(OneCgroup.PATIENCE);
        MemoryController memory = MemoryController.of(one.files(Controller.MEMORY));
        CpuController cpu = CpuController.of(one.files(Controller.CPU));

        for (ThrowingCallable use : List.<ThrowingCallable>of(
                memory::events, memory::stat, cpu::bandwidth, () -> cpu.setIdle(true), () -> one.cgroup()
                        .freeze(OneCgroup.PATIENCE))) {
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(use)
                    .matches(e -> e.is(Errno.ENODEV))
                    .withMessageContaining(OneCgroup.NAME);
        }
    }

    @Test
    void cpuShares_setTwice_writtenThenUnchanged() throws Exception {
        CpuController cpu = CpuController.of(one.files(Controller.CPU));
        assertThat(one.limitOne(plan -> plan.cpuShares(2048))).isInstanceOf(KnobOutcome.Written.class);
        assertThat(one.limitOne(plan -> plan.cpuShares(2048))).isInstanceOf(KnobOutcome.Unchanged.class);
        assertFile(ControlFile.CPU_SHARES, "2048", "200");
        assertThat(cpu.shares()).hasValue(2048);
    }

    @Test
    void cpuBandwidth_setAndLifted_readBack() throws Exception {
        CpuController cpu = CpuController.of(one.files(Controller.CPU));
        CpuBandwidth half = CpuBandwidth.of(CpuAmount.parse("0.5"), Duration.ofMillis(50));
        assertThat(one.limit(plan -> plan.cpuBandwidth(half))).allMatch(KnobOutcome::isApplied);
        assertFile(ControlFile.CPU_QUOTA, "25000", "25000 50000");
        assertThat(cpu.bandwidth()).hasValue(half);
        assertThat(one.limit(plan -> plan.cpuBandwidth(CpuBandwidth.unlimited())))
                .allMatch(KnobOutcome::isApplied);
        assertThat(cpu.bandwidth()).hasValue(CpuBandwidth.unlimited());
    }

    @Test
    @MesosBehaviour(13)
    void cpuBandwidth_quotaOfAHundredSeconds_readBack() throws Exception {
        CpuController cpu = CpuController.of(one.files(Controller.CPU));
        CpuBandwidth large = new CpuBandwidth(OptionalLong.of(100_000_000), 100_000);
        assertThat(one.limit(plan -> plan.cpuBandwidth(large))).allMatch(KnobOutcome::isApplied);
        assertFile(ControlFile.CPU_QUOTA, "100000000", "100000000 100000");
        assertThat(cpu.bandwidth()).hasValue(large);
    }

    @Test
    void cpuBurst_upToTheQuota_aboveItRefused() throws Exception {
        CpuBandwidth half = CpuBandwidth.of(CpuAmount.parse("0.5"), Duration.ofMillis(100));
        assertThat(one.limit(plan -> plan.cpuBandwidth(half).cpuBurst(Duration.ofMillis(20))))
                .allMatch(KnobOutcome::isApplied);
        assertFile(ControlFile.CPU_BURST, "20000", "20000");
        assertThat(one.limitOne(plan -> plan.cpuBurst(Duration.ofMillis(60))).isRefusedWith(Errno.EINVAL))
                .isTrue();
        assertFile(ControlFile.CPU_BURST, "20000", "20000");
    }

    /** The kernel wants burst <= quota at every moment: both go up, and both come down, in one change. */
    @Test
    void cpuBurst_withTheQuota_everyOrderIsTaken() throws Exception {
        for (int millis : new int[] {20, 80, 10}) {
            CpuBandwidth quota = new CpuBandwidth(OptionalLong.of(millis * 1000L), 100_000);
            assertThat(one.limit(plan -> plan.cpuBandwidth(quota).cpuBurst(Duration.ofMillis(millis))))
                    .allMatch(KnobOutcome::isApplied);
        }
        assertFile(ControlFile.CPU_BURST, "10000", "10000");
    }

    @Test
    void limits_oneIsRefused_theOthersAreTakenBack() throws Exception {
        one.limit(plan -> plan.cpuShares(2048).pids(Limit.of(50)));
        Limit moreThanThereCanBe = Limit.of(1L << 40);
        List<KnobOutcome> outcomes = one.limit(
                plan -> plan.cpuShares(512).memory(Limit.of(64 * MEBIBYTE)).pids(moreThanThereCanBe));
        assertThat(outcomes).anyMatch(outcome -> outcome.isRefusedWith(Errno.EINVAL));
        assertThat(outcomes).noneMatch(outcome -> outcome instanceof KnobOutcome.NotUndone);
        assertFile(ControlFile.CPU_SHARES, "2048", "200");
        assertFile(ControlFile.PIDS_MAX, "50", "50");
        assertThat(MemoryController.of(one.files(Controller.MEMORY)).hardLimit())
                .hasValue(Limit.NONE);
    }

    @Test
    void cpuIdle_set_sharesAreRefused() throws Exception {
        CpuController cpu = CpuController.of(one.files(Controller.CPU));
        assertThat(cpu.setIdle(true).isApplied()).isTrue();
        assertThat(one.limitOne(plan -> plan.cpuShares(2048)).isRefusedWith(Errno.EINVAL))
                .isTrue();
        assertThat(cpu.setIdle(false).isApplied()).isTrue();
        assertThat(one.limitOne(plan -> plan.cpuShares(2048)).isApplied()).isTrue();
    }

    @Test
    @MesosBehaviour({76, 81})
    void cpuUsage_afterWork_isCounted() throws Exception {
        one.attachedScript("while :; do :; done");
        CpuacctController accounting = CpuacctController.of(one.files(Controller.CPUACCT));
        Eventually.holds(
                "time is used", () -> accounting.usage().total().orElseThrow().toMillis() > 100);
        assertThat(accounting.usage().user()).isPresent();
        assertThat(CpuController.of(one.files(Controller.CPU)).throttling().throttledPeriods())
                .isEqualTo(OptionalLong.of(0));
    }

    @Test
    void memoryHardLimit_setAndLifted_readBack() throws Exception {
        MemoryController memory = MemoryController.of(one.files(Controller.MEMORY));
        assertThat(one.limitOne(plan -> plan.memory(Limit.of(64 * MEBIBYTE)))).isInstanceOf(KnobOutcome.Written.class);
        assertThat(memory.hardLimit()).hasValue(Limit.of(64 * MEBIBYTE));
        assertThat(one.limitOne(plan -> plan.memory(Limit.of(64 * MEBIBYTE + 1)))
                        .isApplied())
                .isTrue();
        String rounded = String.valueOf(64 * MEBIBYTE);
        assertFile(ControlFile.MEMORY_LIMIT, rounded, rounded);
        assertThat(one.limitOne(plan -> plan.memory(Limit.NONE)).isApplied()).isTrue();
        assertThat(memory.hardLimit()).hasValue(Limit.NONE);
    }

    @Test
    @Requires(Need.SOFT_LIMIT)
    void memorySoftLimit_set_isInTheControlFile() throws Exception {
        assertThat(one.limitOne(plan -> plan.softMemory(Limit.of(32 * MEBIBYTE)))
                        .isApplied())
                .isTrue();
        String bytes = String.valueOf(32 * MEBIBYTE);
        assertFile(ControlFile.MEMORY_SOFT_LIMIT, bytes, bytes);
    }

    @Test
    @Requires(Need.V1_MEMORY)
    void memorySoftLimit_kernelKeepsNone_unsupported() throws Exception {
        KnobOutcome outcome = one.limitOne(plan -> plan.softMemory(Limit.of(32 * MEBIBYTE)));
        assertThat(outcome instanceof KnobOutcome.Unsupported)
                .isEqualTo(Need.SOFT_LIMIT.missing().isPresent());
    }

    @Test
    @MesosBehaviour(76)
    void memoryUsage_process_isCharged() throws Exception {
        one.attached("tail", "-f", "/dev/null");
        MemoryController memory = MemoryController.of(one.files(Controller.MEMORY));
        assertThat(memory.usage().limitBytes()).isEmpty();
        assertThat(memory.usage().oomKills()).isEqualTo(OptionalLong.of(0));
        assertThat(memory.events().oomKill()).isEqualTo(OptionalLong.of(0));
        assertThat(memory.stat()).containsKeys("pgfault", "inactive_anon");
    }

    @Test
    void pidsMax_belowTheCurrentNumber_takenAndForksAreCounted() throws Exception {
        one.attachedScript("while :; do sleep 1000 & sleep 0.01; done");
        PidsController pids = PidsController.of(one.files(Controller.PIDS));
        Eventually.holds("some are there", () -> pids.usage().current().orElse(0) > 4);
        assertThat(one.limitOne(plan -> plan.pids(Limit.of(2))).isApplied()).isTrue();
        Eventually.holds("forks fail", () -> pids.failedForks().orElse(0) > 0);
        assertThat(pids.usage().limit()).hasValue(2);
        assertThat(one.limitOne(plan -> plan.pids(Limit.NONE)).isApplied()).isTrue();
        assertFile(ControlFile.PIDS_MAX, "max", "max");
    }

    @Test
    void cpuset_subset_takenAndForeignCpuRefused() throws Exception {
        CpusetController cpuset = CpusetController.of(one.files(Controller.CPUSET));
        int first = cpuset.effectiveCpus().orElseThrow().ids().first();
        assertThat(cpuset.setCpus(IdList.of(List.of(first))).isApplied()).isTrue();
        assertThat(cpuset.effectiveCpus().orElseThrow()).isEqualTo(IdList.of(List.of(first)));
        KnobOutcome outcome = cpuset.setCpus(IdList.of(List.of(60_000)));
        assertThat(outcome).isInstanceOf(KnobOutcome.Refused.class);
        assertFile(ControlFile.CPUSET_CPUS, String.valueOf(first), String.valueOf(first));
    }

    private void assertFile(ControlFile file, String onV1, String onV2) throws IOException {
        assertThat(one.path(file.controller()).resolve(file.file())).hasContent(file.either(onV1, onV2));
    }
}
