package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.core.ContainerId;
import org.corral.core.Cpuset;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.unit.IdList;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CgroupsCpusetTest {

    @TempDir
    Path root;

    private OneController host(CgroupVersion version) throws IOException {
        return new OneController(root, version, Controller.CPUSET);
    }

    private static Resources cpus(String list) {
        return Resources.NONE.withCpuset(new Cpuset(Optional.of(IdList.parse(list)), Optional.empty()));
    }

    private static Resources mems(String list) {
        return Resources.NONE.withCpuset(new Cpuset(Optional.empty(), Optional.of(IdList.parse(list))));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void prepare_lists_areInTheFiles(CgroupVersion version) throws Exception {
        OneController host = host(version);

        new CgroupsCpuset(host.cgroups())
                .prepare(
                        OneController.ID,
                        LaunchRequest.builder(List.of("x"))
                                .resources(mems("0").orElse(cpus("1")))
                                .build());

        assertThat(host.cgroup().file("cpuset.cpus")).isEqualTo("1");
        assertThat(host.cgroup().file("cpuset.mems")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_nothingAskedFor_leavesThoseOfTheCgroupAbove(CgroupVersion version) throws Exception {
        OneController host = host(version);

        new CgroupsCpuset(host.cgroups()).update(OneController.ID, Resources.NONE);

        assertThat(host.cgroup().file("cpuset.cpus")).isEqualTo(version == CgroupVersion.V1 ? "0-1" : "");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_refused_namesFileAndValue(CgroupVersion version) throws Exception {
        OneController host = host(version);
        host.kernel().calls().failNext("write", "cpuset.cpus", Errno.EACCES);

        assertThatThrownBy(() -> new CgroupsCpuset(host.cgroups()).update(OneController.ID, cpus("1")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("cpuset.cpus", "= 1", "EACCES");
    }

    /** v2 takes any CPU that the host has, and gives of them what the cgroup above has. */
    @Test
    void update_v2MoreThanTheCgroupAboveHas_isUndoneAndTold() throws Exception {
        OneController host = host(CgroupVersion.V2);
        CgroupsCpuset cpuset = new CgroupsCpuset(host.cgroups());

        assertThatThrownBy(() -> cpuset.update(OneController.ID, cpus("1-3")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("CPUs 1-3", "would get 0-1");
        assertThatThrownBy(() -> cpuset.update(OneController.ID, mems("1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("memory nodes 1");
        assertThat(host.cgroup().file("cpuset.cpus")).isBlank();
        assertThat(host.cgroup().file("cpuset.mems")).isBlank();
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void anyCall_unknownContainer_isUnknown(CgroupVersion version) throws Exception {
        CgroupsCpuset cpuset = new CgroupsCpuset(host(version).cgroups());
        ContainerId unknown = ContainerId.of("unknown");

        assertThatThrownBy(() -> cpuset.update(unknown, cpus("0"))).isInstanceOf(UnknownContainerException.class);
        cpuset.cleanup(unknown);
        assertThat(cpuset.usage(unknown).absent()).isEmpty();
        assertThat(cpuset.name()).isEqualTo("cgroups/cpuset");
    }
}
