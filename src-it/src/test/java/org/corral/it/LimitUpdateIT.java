package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.Cpuset;
import org.corral.core.LaunchRequest;
import org.corral.core.MemoryInUseException;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import org.corral.core.UpdateException;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.IdList;
import org.junit.jupiter.api.Test;

/** Updates as transactions: all or nothing, and memory lowered as asked for. */
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.MEMORY})
class LimitUpdateIT extends HostTest {

    private static final long MEBIBYTE = 1 << 20;
    private static final Resources LESS = Resources.NONE.withMemory(DataSize.ofMebibytes(64));

    private ContainerId launch(LaunchRequest.Builder request) throws IOException {
        return host.launch("changed", request.resources(Resources.NONE.withMemory(DataSize.ofMebibytes(200))));
    }

    /** Memory that can go nowhere but to swap: {@code tail} keeps an input without newlines. */
    private ContainerId launchHolding() throws Exception {
        return using(launch(Host.shell("(head -c 80M /dev/zero; sleep 1000) | tail")));
    }

    /** Memory that can be given up at once: all of it is on the disk. */
    private ContainerId launchCaching() throws Exception {
        Path written = host.scratch("written");
        ContainerId id = launch(Host.shell("dd if=/dev/zero of=" + host.scratch("file")
                + " bs=1M count=100 conv=fsync 2>/dev/null; : > " + written + "; sleep 1000"));
        Eventually.holds("it is on the disk", () -> Files.exists(written));
        return using(id);
    }

    private ContainerId using(ContainerId id) throws Exception {
        Eventually.holds("more is used", () -> used(id) > 70 * MEBIBYTE);
        return id;
    }

    private long used(ContainerId id) throws IOException {
        return host.containers().usage(id).memory().orElseThrow().currentBytes().orElseThrow();
    }

    private void assertLimit(ContainerId id, long mebibytes) throws IOException {
        assertThat(host.read(id, ControlFile.MEMORY_LIMIT)).isEqualTo(String.valueOf(mebibytes * MEBIBYTE));
    }

    @Test
    void update_refuseAndMoreIsUsed_failsWithBothAndLowersNothing() throws Exception {
        ContainerId id = launchHolding();
        UpdateException failure = catchThrowableOfType(
                UpdateException.class, () -> host.containers().update(id, LESS, MemoryLowering.REFUSE));
        assertThat(failure).hasCauseInstanceOf(MemoryInUseException.class).hasMessageContaining("64.0MiB");
        assertThat(failure.isUndone()).isTrue();
        assertLimit(id, 200);
    }

    @Test
    void update_refuseAndLessIsUsed_lowers() throws Exception {
        ContainerId id = launch(Host.command("sleep", "1000"));
        host.containers().update(id, LESS, MemoryLowering.REFUSE);
        assertLimit(id, 64);
    }

    @Test
    @Requires(Need.FILES_ON_DISK)
    void update_reclaim_cacheIsGivenUpAndItRunsOn() throws Exception {
        ContainerId id = launchCaching();
        host.containers().update(id, LESS, MemoryLowering.RECLAIM);
        assertLimit(id, 64);
        assertThat(used(id)).isLessThanOrEqualTo(64 * MEBIBYTE);
        assertThat(host.containers().containers()).contains(id);
        assertThat(host.containers().usage(id).memory().orElseThrow().oomKills().orElse(0))
                .isZero();
    }

    @Test
    @Requires({Need.FILES_ON_DISK, Need.V2_MEMORY})
    void update_reclaimOnV2_highIsAsBefore() throws Exception {
        ContainerId id = launchCaching();
        host.containers().update(id, LESS, MemoryLowering.RECLAIM);
        assertThat(host.cgroup(id, "memory").resolve("memory.high")).hasContent("max");
    }

    @Test
    void update_force_lowers() throws Exception {
        ContainerId id = launch(Host.command("sleep", "1000"));
        host.containers().update(id, LESS, MemoryLowering.FORCE);
        assertLimit(id, 64);
    }

    /** A limit that was kept above what was asked for is nothing that another update may force. */
    @Test
    @Requires(Need.PIDS)
    void update_forceWithoutMemory_keptLimitStays() throws Exception {
        ContainerId id = launch(Host.command("sleep", "1000"));
        host.containers().update(id, LESS, MemoryLowering.KEEP);
        host.containers().update(id, Resources.NONE.withPids(20), MemoryLowering.FORCE);
        assertThat(host.read(id, ControlFile.PIDS_MAX)).isEqualTo("20");
        assertLimit(id, 200);
        host.containers().update(id, LESS, MemoryLowering.FORCE);
        assertLimit(id, 64);
    }

    @Test
    @Requires({Need.PIDS, Need.CPUSET})
    void update_laterIsolatorFails_earlierOnesAreTakenBack() throws Exception {
        ContainerId id = host.launch(
                "undone",
                Host.command("sleep", "1000")
                        .resources(Resources.NONE.withCpus(CpuAmount.parse("1")).withMemory(DataSize.ofMebibytes(64))));
        Resources wanted = Resources.NONE
                .withCpus(CpuAmount.parse("2"))
                .withMemory(DataSize.ofMebibytes(128))
                .withPids(50)
                .withCpuset(new Cpuset(Optional.of(IdList.of(List.of(60_000))), Optional.empty()));
        UpdateException failure = catchThrowableOfType(
                UpdateException.class, () -> host.containers().update(id, wanted));
        assertThat(failure.isolator()).isEqualTo("cgroups/cpuset");
        assertThat(failure.isUndone()).as(failure.toString()).isTrue();
        assertThat(host.read(id, ControlFile.CPU_SHARES)).isEqualTo(ControlFile.CPU_SHARES.either("1024", "100"));
        assertLimit(id, 64);
        assertThat(host.read(id, ControlFile.PIDS_MAX)).isEqualTo("max");
    }

    @Test
    void update_somebodyElseWroteMeanwhile_isNoticed() throws Exception {
        ContainerId id = launch(Host.command("sleep", "1000"));
        Resources half = Resources.NONE.withCpus(CpuAmount.parse("0.5"));
        host.containers().update(id, half);
        Files.writeString(
                host.cgroup(id, "cpu").resolve(ControlFile.CPU_SHARES.file()),
                ControlFile.CPU_SHARES.either("2048", "200"));
        host.containers().update(id, half);
        assertThat(host.read(id, ControlFile.CPU_SHARES)).isEqualTo(ControlFile.CPU_SHARES.either("512", "50"));
    }
}
