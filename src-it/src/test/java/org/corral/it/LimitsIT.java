package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;

/** What becomes of requests and limits, together, at the launch and as they change. */
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.MEMORY})
class LimitsIT extends HostTest {

    private ContainerId launch(Resources resources) throws IOException {
        return host.launch("limited", Host.command("sleep", "1000").resources(resources));
    }

    private static Resources request(String cpus, long mebibytes) {
        return Resources.NONE.withCpus(CpuAmount.parse(cpus)).withMemory(DataSize.ofMebibytes(mebibytes));
    }

    private static Resources both(String cpus, long mebibytes) {
        return request(cpus, mebibytes).withCpuLimit(CpuAmount.parse(cpus));
    }

    private void assertCpu(ContainerId id, String shares, String weight, String quota, String max) throws IOException {
        assertThat(host.read(id, ControlFile.CPU_SHARES)).isEqualTo(ControlFile.CPU_SHARES.either(shares, weight));
        assertThat(host.read(id, ControlFile.CPU_QUOTA)).isEqualTo(ControlFile.CPU_QUOTA.either(quota, max));
    }

    private void assertBytes(ContainerId id, ControlFile file, long mebibytes) throws IOException {
        assertThat(host.read(id, file)).isEqualTo(String.valueOf(mebibytes << 20));
    }

    @Test
    @MesosBehaviour(12)
    void cpuLimit_moreCpusThanAnyHostHas_isTakenAndTheCommandRuns() throws Exception {
        Resources wanted = Resources.NONE.withCpuLimit(CpuAmount.parse("100.5"));
        ContainerId id = launch(wanted);
        assertThat(host.read(id, ControlFile.CPU_QUOTA))
                .isEqualTo(ControlFile.CPU_QUOTA.either("10050000", "10050000 100000"));
        LaunchRequest.Builder brief = Host.command("true").resources(wanted);
        assertThat(host.run("brief", brief).status()).hasValue(new ExitStatus.Exited(0));
    }

    /** No quota for a request: to limit the CPU is to be asked for. */
    @Test
    @MesosBehaviour(14)
    void launch_requestAlone_isSharesAndHardLimit() throws Exception {
        ContainerId id = launch(request("1.5", 64));
        assertCpu(id, "1536", "150", "-1", "max 100000");
        assertBytes(id, ControlFile.MEMORY_LIMIT, 64);
        String ours = Files.readString(Path.of("/proc/self/oom_score_adj")).strip();
        assertThat(ProcFiles.read(host.pid(id), "oom_score_adj")).isEqualTo(ours);
    }

    @Test
    @Requires(Need.SOFT_LIMIT)
    @MesosBehaviour(14)
    void launch_memoryAlone_isHardAndSoftLimit() throws Exception {
        ContainerId id = launch(request("1", 64));
        assertBytes(id, ControlFile.MEMORY_LIMIT, 64);
        assertBytes(id, ControlFile.MEMORY_SOFT_LIMIT, 64);
    }

    @Test
    @MesosBehaviour(16)
    void launch_noLimits_asTheCgroupAbove() throws Exception {
        ContainerId id = launch(Resources.NONE);
        assertThat(host.read(id, ControlFile.CPU_QUOTA)).isEqualTo(ControlFile.CPU_QUOTA.either("-1", "max 100000"));
        assertThat(host.read(id, ControlFile.MEMORY_LIMIT)).isEqualTo(ControlFile.MEMORY_LIMIT.read(root, ""));
        assertThat(host.containers().usage(id).memory().orElseThrow().limitBytes())
                .isEmpty();
    }

    @Test
    @MesosBehaviour(17)
    void update_moreAndThenLess_cpuFollowsAndTheHardLimitStays() throws Exception {
        ContainerId id = launch(both("1", 64));
        host.containers().update(id, both("2", 160));
        assertCpu(id, "2048", "200", "200000", "200000 100000");
        assertBytes(id, ControlFile.MEMORY_LIMIT, 160);
        host.containers().update(id, both("0.5", 64));
        assertCpu(id, "512", "50", "50000", "50000 100000");
        assertBytes(id, ControlFile.MEMORY_LIMIT, 160);
    }
}
