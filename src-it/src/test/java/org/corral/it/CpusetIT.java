package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.Cpuset;
import org.corral.core.LaunchException;
import org.corral.core.Resources;
import org.corral.core.unit.IdList;
import org.junit.jupiter.api.Test;

/** The CPUs and nodes of a container, as its processes see them. */
@Requires({Need.GATE, Need.PIDFD, Need.CPUSET})
class CpusetIT extends HostTest {

    private static Resources cpus(int... ids) {
        IdList list = IdList.of(Arrays.stream(ids).boxed().toList());
        return Resources.NONE.withCpuset(new Cpuset(Optional.of(list), Optional.empty()));
    }

    private IdList allowedCpus(ContainerId id) throws IOException {
        return IdList.parse(ProcFiles.after("Cpus_allowed_list:", ProcFiles.read(host.pid(id), "status")));
    }

    @Test
    void launch_oneCpu_processHasThatAlone() throws Exception {
        ContainerId all = host.launch("all", Host.command("sleep", "1000"));
        int last = allowedCpus(all).ids().last();
        ContainerId one = host.launch("one", Host.command("sleep", "1000").resources(cpus(last)));
        assertThat(allowedCpus(one)).isEqualTo(IdList.of(List.of(last)));
        assertThat(host.read(one, ControlFile.CPUSET_CPUS)).isEqualTo(String.valueOf(last));

        int first = allowedCpus(all).ids().first();
        host.containers().update(one, cpus(first));
        assertThat(allowedCpus(one)).isEqualTo(IdList.of(List.of(first)));
    }

    @Test
    void launch_node_processHasThatAlone() throws Exception {
        Resources node = Resources.NONE.withCpuset(new Cpuset(Optional.empty(), Optional.of(IdList.of(List.of(0)))));
        ContainerId id = host.launch("node", Host.command("sleep", "1000").resources(node));
        assertThat(ProcFiles.after("Mems_allowed_list:", ProcFiles.read(host.pid(id), "status")))
                .isEqualTo("0");
    }

    @Test
    void launch_cpuThatTheHostHasNot_failsNamingIt() {
        assertThatThrownBy(() -> host.launch("lost", Host.command("true").resources(cpus(60_000))))
                .isInstanceOf(LaunchException.class)
                .hasStackTraceContaining("cpuset.cpus = 60000");
        assertThat(host.containers().containers()).isEmpty();
    }

    @Test
    void update_cpuThatTheHostHasNot_failsAndTheOthersStay() throws Exception {
        ContainerId id = host.launch("kept", Host.command("sleep", "1000"));
        IdList before = allowedCpus(id);
        assertThatThrownBy(() -> host.containers().update(id, cpus(60_000))).isInstanceOf(IOException.class);
        assertThat(allowedCpus(id)).isEqualTo(before);
    }
}
