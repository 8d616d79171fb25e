package org.corral.cgroup.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.corral.cgroup.controller.ControlFileFormatException;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryLimits;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeCalls;
import org.junit.jupiter.api.Test;

class LimitFailureTest extends LimitsTest {

    private static final String LIMIT = "memory.limit_in_bytes";
    private static final String TOTAL = "memory.memsw.limit_in_bytes";
    private static final String SOFT = "memory.soft_limit_in_bytes";

    LimitFailureTest() {
        super(CgroupVersion.V1);
    }

    @Test
    void apply_laterOneRefused_earlierOnesAreTakenBackInReverse() throws Exception {
        plan.memory(new MemoryLimits(mib(64), mib(64))).apply();
        host.kernel.calls().clear();
        host.kernel.calls().failNext("write", "pids.max", Errno.EACCES);

        assertThat(plan.clear()
                        .memory(new MemoryLimits(mib(32), mib(32)))
                        .pids(Limit.of(1))
                        .apply())
                .isFalse();

        assertThat(host.writes())
                .containsExactly(
                        LIMIT + "=" + bytes(32),
                        TOTAL + "=" + bytes(32),
                        "pids.max=1",
                        TOTAL + "=" + bytes(64),
                        LIMIT + "=" + bytes(64));
        assertThat(plan.outcomes())
                .startsWith(
                        new KnobOutcome.Undone(LIMIT, bytes(32), bytes(64)),
                        new KnobOutcome.Undone(TOTAL, bytes(32), bytes(64)))
                .last()
                .matches(refused -> refused.isRefusedWith(Errno.EACCES))
                .matches(refused -> !refused.isApplied())
                .extracting(Object::toString)
                .asString()
                .contains("pwrite", "/corral/a/pids.max", "\"1\"", "EACCES");
    }

    /** Only period and quota may change places, and only where the kernel takes one for invalid. */
    @Test
    void apply_refusedAsInvalid_othersKeepTheirOrder() throws Exception {
        host.kernel.calls().failNext("write", "cpu.shares", Errno.EINVAL);

        assertThat(plan.cpuShares(512).pids(Limit.of(1)).apply()).isFalse();

        assertThat(host.writes()).containsExactly("cpu.shares=512");
    }

    @Test
    void apply_quotaAloneRefusedAsInvalid_hasNothingToChangePlacesWith() throws Exception {
        plan.cpuBandwidth(bandwidth(50_000, 100_000)).apply();
        host.kernel.calls().clear();
        host.kernel.calls().failNext("write", "cpu.cfs_quota_us", Errno.EINVAL);

        assertThat(plan.clear().cpuBandwidth(bandwidth(60_000, 100_000)).apply())
                .isFalse();

        assertThat(host.writes()).containsExactly("cpu.cfs_quota_us=60000");
    }

    /** As some kernels answer where the controller was built without it. */
    @Test
    void steps_readIsNotSupported_fileIsTakenForMissing() throws Exception {
        host.kernel.calls().failNext("pread", "cpu.shares", Errno.EOPNOTSUPP);

        assertThat(plan.cpuShares(512).steps().get(0))
                .hasToString("cpu.shares: kept, because this kernel does not have it");
    }

    @Test
    void apply_periodRefusedForAnotherReason_isNotTriedAgain() throws Exception {
        plan.cpuBandwidth(bandwidth(100_000, 100_000)).apply();
        host.kernel.calls().clear();
        host.kernel.calls().failNext("write", "cpu.cfs_period_us", Errno.EBUSY);

        assertThat(plan.clear().cpuBandwidth(bandwidth(200_000, 200_000)).apply())
                .isFalse();

        assertThat(host.writes()).containsExactly("cpu.cfs_period_us=200000");
    }

    @Test
    void apply_firstOneRefused_othersAreNotTried() throws Exception {
        host.kernel.calls().failNext("write", LIMIT, Errno.EBUSY);

        assertThat(plan.memory(mib(1)).pids(Limit.of(1)).apply()).isFalse();

        assertThat(plan.outcomes())
                .satisfiesExactly(
                        refused ->
                                assertThat(refused.isRefusedWith(Errno.EBUSY)).isTrue(),
                        other -> assertThat(other).isEqualTo(new KnobOutcome.NotTried("pids.max", "1")));
        assertThat(host.file("pids.max")).isEqualTo("max");
    }

    @Test
    void apply_takingBackFails_isTold() throws Exception {
        host.kernel.calls().failNext("write", "pids.max", Errno.EACCES);
        host.kernel.calls().failNext("write", LIMIT + ", \"-1\"", Errno.EBUSY);

        assertThat(plan.memory(mib(64)).pids(Limit.of(1)).apply()).isFalse();

        assertThat(plan.outcomes().get(0)).isInstanceOfSatisfying(KnobOutcome.NotUndone.class, left -> {
            assertThat(left.previous()).isEqualTo("-1");
            assertThat(left.message()).contains("EBUSY");
        });
    }

    @Test
    void apply_writtenAndNotReadBack_isTakenBack() throws Exception {
        FakeCalls calls = host.kernel.calls();
        calls.before("write", LIMIT, () -> calls.failNext("pread", LIMIT, Errno.EIO));

        assertThat(plan.memory(mib(64)).apply()).isFalse();

        assertThat(plan.outcomes()).singleElement().satisfies(outcome -> assertThat(outcome.isRefusedWith(Errno.EIO))
                .isTrue());
        assertThat(host.file(LIMIT)).isEqualTo("9223372036854771712");
    }

    @Test
    void apply_afterARefusal_theFileIsReadAgain() throws Exception {
        plan.pids(Limit.of(5)).apply();
        host.kernel.calls().failNext("write", "pids.max", Errno.EACCES);
        plan.clear().pids(Limit.of(6)).apply();
        host.kernel.calls().clear();

        plan.clear().pids(Limit.of(5)).apply();

        assertThat(host.kernel.calls().recorded()).singleElement().asString().startsWith("pread");
    }

    @Test
    void undo_applied_bringsBackWhatWasThere() throws Exception {
        plan.cpuShares(512).memory(mib(64)).apply();

        plan.undo();

        assertThat(host.file("cpu.shares")).isEqualTo("1024");
        assertThat(host.file(LIMIT)).isEqualTo("9223372036854771712");
        assertThat(plan.outcomes()).allMatch(outcome -> outcome instanceof KnobOutcome.Undone);
    }

    @Test
    void apply_fileTheHostHasNot_writesNothing() throws Exception {
        host.files().withoutFile(TOTAL);

        assertThat(plan.memory(new MemoryLimits(mib(64), mib(96))).apply()).isFalse();

        assertThat(host.writes()).isEmpty();
        assertThat(plan.outcomes())
                .contains(new KnobOutcome.Unsupported(TOTAL, bytes(96), "this kernel does not have it"));
    }

    @Test
    void apply_noLimitWhereThereCannotBeOne_isNoFailure() throws Exception {
        host.files().withoutFile(TOTAL);

        assertThat(plan.memory(new MemoryLimits(mib(64), Limit.NONE)).apply()).isTrue();

        assertThat(host.file(LIMIT)).isEqualTo(bytes(64));
    }

    @Test
    void apply_controllerBoundNowhere_saysSo() throws Exception {
        LimitsHost other = LimitsHost.of(root.resolve("other"), CgroupVersion.V1, Controller.CPU);

        assertThat(other.plan.pids(Limit.of(5)).apply()).isFalse();

        assertThat(other.plan.outcomes())
                .containsExactly(new KnobOutcome.Unsupported(
                        "pids.max", "5", "controller " + Controller.PIDS + " is bound to no hierarchy"));
    }

    /** Linux 6.12 as Debian builds it, among others. */
    @Test
    void apply_softLimitThatTheKernelIgnores_isUnsupportedAndNoFailure() throws Exception {
        host.kernel.calls().before("pread", SOFT, () -> {});
        host.kernel.calls().before("pread", SOFT, () -> host.file(SOFT, "9223372036854771712"));

        assertThat(plan.softMemory(mib(64)).memory(mib(64)).apply()).isTrue();

        assertThat(plan.outcomes())
                .contains(new KnobOutcome.Unsupported(SOFT, bytes(64), "this kernel takes any value and keeps none"));
    }

    @Test
    void apply_cannotBeOpened_isRefusedAndNothingIsWritten() throws Exception {
        host.kernel.calls().failNext("openat2", "pids.max", Errno.EACCES);

        assertThat(plan.cpuShares(512).pids(Limit.of(5)).apply()).isFalse();

        assertThat(plan.steps()).anyMatch(step -> step.note().contains("EACCES"));
        assertThat(plan.outcomes()).anyMatch(outcome -> outcome.isRefusedWith(Errno.EACCES));
        assertThat(host.writes()).isEmpty();
    }

    @Test
    void apply_cannotBeRead_isRefused() throws Exception {
        host.kernel.calls().failNext("pread", "pids.max", Errno.EACCES);

        assertThat(plan.pids(Limit.of(5)).apply()).isFalse();

        assertThat(plan.outcomes()).allMatch(outcome -> outcome.isRefusedWith(Errno.EACCES));
    }

    @Test
    void apply_notANumber_saysWhatIsThere() {
        host.file("pids.max", "many");

        assertThatThrownBy(() -> plan.pids(Limit.of(5)).apply())
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContainingAll("pids.max", "many");
    }

    @Test
    void apply_interrupted_isRepeated() throws Exception {
        host.kernel.calls().failNext("write", LIMIT, Errno.EINTR);

        assertThat(plan.memory(mib(64)).apply()).isTrue();

        assertThat(host.writes()).hasSize(2);
    }

    @Test
    void apply_cutShort_isRefused() throws Exception {
        host.kernel.files().longestWrite(1);

        assertThat(plan.memory(mib(64)).apply()).isFalse();

        assertThat(plan.outcomes()).allMatch(outcome -> outcome.isRefusedWith(Errno.EIO));
    }

    @Test
    void apply_writingIsNotSupported_isUnsupportedAndTheRestTakenBack() throws Exception {
        host.kernel.calls().failNext("write", "pids.max", Errno.EOPNOTSUPP);

        assertThat(plan.cpuShares(5).pids(Limit.of(5)).apply()).isFalse();

        assertThat(plan.outcomes().get(1)).isInstanceOf(KnobOutcome.Unsupported.class);
        assertThat(host.file("cpu.shares")).isEqualTo("1024");
    }

    @Test
    void anyCall_cgroupGone_throws() throws Exception {
        plan.cpuShares(5).apply();
        host.remove();

        assertThatThrownBy(() -> plan.clear().cpuShares(6).apply())
                .isInstanceOfSatisfying(ErrnoException.class, gone -> assertThat(gone.is(Errno.ENODEV))
                        .isTrue());
        assertThatThrownBy(() -> plan.clear().pids(Limit.of(6)).apply())
                .isInstanceOfSatisfying(ErrnoException.class, gone -> assertThat(gone.is(Errno.ENODEV))
                        .isTrue());
    }

    @Test
    void undo_cgroupGone_throws() throws Exception {
        plan.cpuShares(5).apply();
        host.remove();

        assertThatThrownBy(plan::undo).isInstanceOf(ErrnoException.class);
    }

    @Test
    void close_inUse_leavesTheLimits() throws Exception {
        plan.pids(Limit.of(5)).apply();
        assertThat(host.limitsOpen()).hasSize(1);

        host.writer.close();

        assertThat(host.file("pids.max")).isEqualTo("5");
    }
}
