package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.unit.CpuAmount;
import org.corral.core.usage.CpuUsage;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;

/** CPU limits and shares. Times are compared with each other alone, for nobody knows how fast the host is. */
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.CPUACCT})
class CpuIT extends HostTest {

    private static final String BUSY = "while :; do :; done";
    private static final int OWN_PID = (int) ProcessHandle.current().pid();
    private static final Duration SOME_CPU_TIME = Duration.ofSeconds(3);

    @Test
    void cpuLimit_quarterCpu_isTheShareOfWallTime() throws Exception {
        QuarterCpu.assertShare(() -> {
            LaunchRequest.Builder busy = Host.command("timeout", "4", "sh", "-c", BUSY);
            Termination termination = host.run("quarter", busy.resources(limit("0.25")));
            CpuUsage cpu = termination.usage().cpu().orElseThrow();
            assertThrottled(cpu);
            return ratio(cpu.total().orElseThrow(), termination.wall());
        });
    }

    private static void assertThrottled(CpuUsage cpu) {
        assertThat(cpu.throttledPeriods().orElseThrow()).isPositive();
        assertThat(cpu.periods().orElseThrow())
                .isGreaterThanOrEqualTo(cpu.throttledPeriods().getAsLong());
        assertThat(cpu.throttled().orElseThrow()).isPositive();
    }

    @Test
    @Requires(Need.USER_TIME)
    @MesosBehaviour(20)
    void cpuUsage_busyLoop_isMostlyUserTime() throws Exception {
        Termination termination = host.run("busy", Host.command("timeout", "1", "sh", "-c", BUSY));
        assertThat(termination.status()).hasValue(new ExitStatus.Exited(124));
        CpuUsage cpu = termination.usage().cpu().orElseThrow();
        assertThat(ratio(cpu.user().orElseThrow(), cpu.total().orElseThrow())).isBetween(0.7, 1.1);
    }

    /** Both on one CPU, or there would be no contention. */
    @Test
    void cpus_twoToOneOnOneCpu_timesAreTwoToOne() throws Exception {
        ContainerId more = host.launch("more", pinnedLoop().resources(share("2")));
        ContainerId less = host.launch("less", pinnedLoop().resources(share("1")));
        Duration moreBefore = used(more);
        Duration lessBefore = used(less);
        Eventually.holds("CPU time is used", () -> used(more).minus(moreBefore).compareTo(SOME_CPU_TIME) > 0);
        assertThat(ratio(used(more).minus(moreBefore), used(less).minus(lessBefore)))
                .isBetween(1.5, 2.7);
    }

    private static LaunchRequest.Builder pinnedLoop() throws IOException {
        String allowed = ProcFiles.after("Cpus_allowed_list:", ProcFiles.read(OWN_PID, "status"));
        return Host.command("taskset", "-c", allowed.split("[-,]", 2)[0], "sh", "-c", BUSY);
    }

    private Duration used(ContainerId id) throws IOException {
        return host.containers().usage(id).cpu().orElseThrow().total().orElseThrow();
    }

    private static double ratio(Duration part, Duration whole) {
        return (double) part.toNanos() / whole.toNanos();
    }

    @Test
    @MesosBehaviour(15)
    void launch_shareAndLimit_areInTheControlFiles() throws Exception {
        ContainerId id = host.launch("files", sleeping().resources(share("1.5").withCpuLimit(CpuAmount.parse("0.5"))));
        assertShares(id, "1536", "150");
        assertQuota(id, "50000", "50000 100000");
    }

    @Test
    void launch_noLimit_noQuota() throws Exception {
        ContainerId id = host.launch("unlimited", sleeping().resources(share("0.001")));
        assertShares(id, "2", "1");
        assertQuota(id, "-1", "max 100000");
    }

    @Test
    void update_shareAndLimit_areInTheControlFilesAndAbsentOnesStay() throws Exception {
        ContainerId id = host.launch("updated", sleeping().resources(share("1").withCpuLimit(CpuAmount.parse("0.5"))));
        assertThat(host.containers().update(id, limit("2"))).isTrue();
        assertQuota(id, "200000", "200000 100000");
        assertShares(id, "1024", "100");
        assertThat(host.containers().update(id, share("0.25"))).isTrue();
        assertShares(id, "256", "25");
        assertQuota(id, "200000", "200000 100000");
    }

    private void assertShares(ContainerId id, String onV1, String onV2) throws IOException {
        assertThat(host.read(id, ControlFile.CPU_SHARES)).isEqualTo(ControlFile.CPU_SHARES.either(onV1, onV2));
    }

    private void assertQuota(ContainerId id, String onV1, String onV2) throws IOException {
        assertThat(host.read(id, ControlFile.CPU_QUOTA)).isEqualTo(ControlFile.CPU_QUOTA.either(onV1, onV2));
    }

    @Test
    void update_unknownContainer_nothingHappens() throws Exception {
        assertThat(host.containers().update(ContainerId.of("unknown"), limit("1")))
                .isFalse();
    }

    private static LaunchRequest.Builder sleeping() {
        return Host.command("sleep", "1000");
    }

    private static Resources limit(String cpus) {
        return Resources.NONE.withCpuLimit(CpuAmount.parse(cpus));
    }

    private static Resources share(String cpus) {
        return Resources.NONE.withCpus(CpuAmount.parse(cpus));
    }
}
