package org.corral.cgroup.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.corral.cgroup.layout.Controller.CPU;
import static org.corral.cgroup.layout.Controller.CPUACCT;
import static org.corral.cgroup.layout.Controller.CPUSET;
import static org.corral.cgroup.layout.Controller.DEVICES;
import static org.corral.cgroup.layout.Controller.FREEZER;
import static org.corral.cgroup.layout.Controller.HUGETLB;
import static org.corral.cgroup.layout.Controller.IO;
import static org.corral.cgroup.layout.Controller.MEMORY;
import static org.corral.cgroup.layout.Controller.MISC;
import static org.corral.cgroup.layout.Controller.NET_CLS;
import static org.corral.cgroup.layout.Controller.NET_PRIO;
import static org.corral.cgroup.layout.Controller.PERF_EVENT;
import static org.corral.cgroup.layout.Controller.PIDS;
import static org.corral.cgroup.layout.Controller.RDMA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.corral.linux.Linux;
import org.corral.testing.LayoutFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutDiscoveryTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1-separate",
                "v1-co-mounted-almalinux8",
                "hybrid-debian10",
                "hybrid-split",
                "v2-ubuntu2404",
                "v2-namespace-docker",
                "v1-bind-docker",
                "v1-systemd-only",
                "empty-mountinfo"
            })
    void discover_anyLayout_accountsForEveryControllerAndClosesAll(String name) throws IOException {
        LayoutFixture host = LayoutFixture.of(name, directory);

        CgroupLayout layout = LayoutDiscovery.discover(host.linux());

        for (Controller controller : Controller.values()) {
            boolean bound = layout.hierarchyOf(controller).isPresent();
            assertThat(layout.unavailable().containsKey(controller)).isNotEqualTo(bound);
        }
        assertThat(layout.hierarchies()).containsAll(layout.bindings().values());
        assertThat(layout.ignored()).isEmpty();
        assertThat(host.files().openCount()).isZero();
    }

    @Test
    void discover_v1MountPerController_bindsEachToItsOwn() throws IOException {
        CgroupLayout layout = discover("v1-separate");

        assertThat(mountPoint(layout, CPU)).isEqualTo("/sys/fs/cgroup/cpu");
        assertThat(mountPoint(layout, CPUACCT)).isEqualTo("/sys/fs/cgroup/cpuacct");
        assertThat(mountPoint(layout, IO)).isEqualTo("/sys/fs/cgroup/blkio");
        assertThat(layout.hierarchies()).hasSize(12);
        assertThat(layout.boundHierarchies()).hasSize(11);
        assertThat(layout.unavailable().get(PIDS)).isEqualTo("not mounted: mount -t cgroup -o pids pids DIRECTORY");
        assertThat(layout.unavailable().get(MISC))
                .isEqualTo("this kernel was built without it: /proc/cgroups does not list it");
    }

    @Test
    void discover_v1CoMounted_bindsBothToOneHierarchyAndIgnoresSymlinks() throws IOException {
        LayoutFixture host = LayoutFixture.of("v1-co-mounted-almalinux8", directory);
        Files.createSymbolicLink(host.path("/sys/fs/cgroup/cpu"), Path.of("cpu,cpuacct"));
        Files.createSymbolicLink(host.path("/sys/fs/cgroup/cpuacct"), Path.of("cpu,cpuacct"));

        CgroupLayout layout = LayoutDiscovery.discover(host.linux());

        assertThat(mountPoint(layout, CPU)).isEqualTo("/sys/fs/cgroup/cpu,cpuacct");
        assertThat(layout.hierarchyOf(CPUACCT)).isEqualTo(layout.hierarchyOf(CPU));
        assertThat(layout.hierarchyOf(NET_PRIO)).isEqualTo(layout.hierarchyOf(NET_CLS));
        assertThat(layout.hierarchyOf(CPU).orElseThrow())
                .isEqualTo(new Hierarchy(
                        CgroupVersion.V1,
                        host.path("/sys/fs/cgroup/cpu,cpuacct"),
                        "/system.slice/agent.service",
                        Set.of(CPU, CPUACCT),
                        true,
                        ""));
        assertThat(layout.unavailable()).containsOnlyKeys(MISC);
    }

    @Test
    void discover_namedHierarchy_isKeptWithItsNameAndBoundToNothing() throws IOException {
        CgroupLayout layout = discover("v1-co-mounted-almalinux8");

        Hierarchy systemd = named(layout, "systemd");
        assertThat(systemd.controllers()).isEmpty();
        assertThat(systemd.ownPath()).isEqualTo("/system.slice/agent.service");
        assertThat(layout.boundHierarchies()).doesNotContain(systemd);
    }

    @Test
    void discover_hybridWithEmptyV2_bindsControllersToV1() throws IOException {
        CgroupLayout layout = discover("hybrid-debian10");

        Hierarchy unified = at(layout, "/sys/fs/cgroup/unified");
        assertThat(unified.version()).isEqualTo(CgroupVersion.V2);
        assertThat(unified.controllers()).isEmpty();
        assertThat(unified.ownPath()).isEqualTo("/user.slice/user-1000.slice/session-3.scope");
        assertThat(layout.bindings().values()).doesNotContain(unified);
        assertThat(layout.hierarchyOf(MEMORY).orElseThrow().ownPath())
                .isEqualTo("/user.slice/user-1000.slice/session-3.scope");
        assertThat(layout.hierarchyOf(CPU).orElseThrow().ownPath()).isEqualTo("/user.slice");
        assertThat(layout.unavailable()).containsOnlyKeys(HUGETLB, MISC);
        assertThat(layout.unavailable().get(HUGETLB))
                .isEqualTo("this kernel was built without it: /proc/cgroups does not list it, "
                        + "nor does cgroup.controllers");
    }

    @Test
    void discover_hybridWithControllersOnBoth_bindsEachOnItsOwn() throws IOException {
        CgroupLayout layout = discover("hybrid-split");

        assertThat(versions(layout))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry(CPU, CgroupVersion.V1),
                        Map.entry(CPUSET, CgroupVersion.V1),
                        Map.entry(DEVICES, CgroupVersion.V1),
                        Map.entry(IO, CgroupVersion.V2),
                        Map.entry(MEMORY, CgroupVersion.V2),
                        Map.entry(HUGETLB, CgroupVersion.V2),
                        Map.entry(PIDS, CgroupVersion.V2),
                        Map.entry(RDMA, CgroupVersion.V2),
                        Map.entry(MISC, CgroupVersion.V2),
                        Map.entry(CPUACCT, CgroupVersion.V2),
                        Map.entry(FREEZER, CgroupVersion.V2),
                        Map.entry(PERF_EVENT, CgroupVersion.V2)));
        assertThat(layout.hierarchyOf(MEMORY).orElseThrow().ownPath()).isEqualTo("/jobs/7");
        assertThat(layout.hierarchyOf(CPUSET).orElseThrow().ownPath()).isEqualTo("/jobs");
    }

    @Test
    void discover_pureV2_bindsAllButWhatV2DoesNotHave() throws IOException {
        CgroupLayout layout = discover("v2-ubuntu2404");

        assertThat(layout.hierarchies()).hasSize(1);
        assertThat(mountPoint(layout, CPU)).isEqualTo("/sys/fs/cgroup");
        assertThat(layout.hierarchyOf(CPU).orElseThrow().ownPath()).isEqualTo("/system.slice/agent.service");
        assertThat(layout.unavailable()).containsOnlyKeys(DEVICES, NET_CLS, NET_PRIO);
        assertThat(layout.unavailable().get(DEVICES))
                .isEqualTo("cgroup v2 needs an eBPF program for it, which Corral does not load; "
                        + "v1 has it: mount -t cgroup -o devices devices DIRECTORY");
        assertThat(layout.unavailable().get(NET_CLS)).startsWith("cgroup v2 has no such controller");
    }

    @Test
    void discover_v2ThatDoesNotOfferAController_saysWhatWouldHelp() throws IOException {
        CgroupLayout layout = discover("v2-namespace-docker");

        assertThat(layout.unavailable().get(HUGETLB))
                .startsWith("not in " + directory.resolve("sys/fs/cgroup/cgroup.controllers"))
                .contains("cgroup.subtree_control");
    }

    @Test
    void discover_v2DelegatedToUser_tellsOwnCgroup() throws IOException {
        CgroupLayout layout = discover("v2-user-fedora41");

        assertThat(layout.hierarchies().get(0).ownPath())
                .isEqualTo("/user.slice/user-1000.slice/user@1000.service/app.slice/run-r7.scope");
    }

    @Test
    void discover_cgroupNamespace_ownPathIsTheRoot() throws IOException {
        CgroupLayout layout = discover("v2-namespace-docker");

        assertThat(layout.hierarchies()).extracting(Hierarchy::ownPath).containsExactly("/");
    }

    @Test
    void discover_mountMadeOutsideTheNamespace_ownPathIsTheRoot() throws IOException {
        CgroupLayout layout = discover("v2-namespace-outer-mount");

        assertThat(layout.hierarchies()).extracting(Hierarchy::ownPath).containsExactly("/");
        assertThat(layout.hierarchyOf(MEMORY)).isPresent();
    }

    @Test
    void discover_readOnlyMount_isNotWritable() throws IOException {
        CgroupLayout layout = discover("v2-namespace-docker");

        assertThat(layout.hierarchies()).extracting(Hierarchy::writable).containsExactly(false);
    }

    @Test
    void discover_bindMountedSubtree_ownPathStartsAtItsRoot() throws IOException {
        CgroupLayout layout = discover("v1-bind-docker");

        Map<Controller, String> ownPaths = new TreeMap<>();
        layout.bindings().forEach((controller, hierarchy) -> ownPaths.put(controller, hierarchy.ownPath()));
        assertThat(ownPaths)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        PIDS, "/",
                        FREEZER, "/",
                        DEVICES, "/inner",
                        MEMORY, "/inner",
                        IO, "/",
                        CPU, "/inner/deeper",
                        CPUACCT, "/inner/deeper",
                        CPUSET, "/"));
    }

    @Test
    void discover_cpusetMountedTwice_bindsTheOneInTheUsualPlace() throws IOException {
        CgroupLayout layout = discover("v1-cpuset-twice");

        assertThat(mountPoint(layout, CPUSET)).isEqualTo("/sys/fs/cgroup/cpuset");
        assertThat(layout.hierarchies())
                .filteredOn(h -> h.controllers().contains(CPUSET))
                .hasSize(2)
                .extracting(Hierarchy::ownPath)
                .containsOnly("/batch");
    }

    @Test
    void discover_colonInCgroupPath_isPartOfIt() throws IOException {
        CgroupLayout layout = discover("v1-colon-path");

        assertThat(layout.hierarchyOf(MEMORY).orElseThrow().ownPath()).isEqualTo("/user.slice/machine:qemu:1/x::y");
    }

    @Test
    void discover_onlySystemdsHierarchy_bindsNothing() throws IOException {
        CgroupLayout layout = discover("v1-systemd-only");

        assertThat(layout.bindings()).isEmpty();
        assertThat(named(layout, "systemd").ownPath()).isEqualTo("/system.slice/sshd.service");
        assertThat(layout.unavailable().get(MEMORY)).startsWith("not mounted: mount -t cgroup -o memory");
    }

    @Test
    void discover_freezerAloneOnV1_bindsItThereAndTheRestToV2() throws IOException {
        CgroupLayout layout = discover("v2-freezer-on-v1");

        assertThat(mountPoint(layout, FREEZER)).isEqualTo("/mnt/freezer");
        assertThat(mountPoint(layout, CPU)).isEqualTo("/sys/fs/cgroup");
        assertThat(mountPoint(layout, CPUACCT)).isEqualTo("/sys/fs/cgroup");
    }

    @Test
    void discover_nothingMounted_hasReasonsOnly() throws IOException {
        CgroupLayout layout = discover("empty-mountinfo");

        assertThat(layout.hierarchies()).isEmpty();
        assertThat(layout.unavailable()).containsOnlyKeys(Controller.values());
    }

    @Test
    void discover_kernelWithoutPerfEvents_hasNoPerfEventOnV2() throws IOException {
        Linux linux = LayoutFixture.of("hybrid-split", directory).linux();
        Path kernel = linux.path("/proc/cgroups");
        Files.writeString(kernel, Files.readString(kernel).replace("perf_event", "other"));
        CgroupLayout layout = LayoutDiscovery.discover(linux);

        assertThat(layout.hierarchyOf(PERF_EVENT)).isEmpty();
        assertThat(layout.unavailable().get(PERF_EVENT)).startsWith("this kernel was built without it");
        assertThat(layout.hierarchyOf(FREEZER)).isPresent();
    }

    @Test
    void discover_noProcCgroups_goesByWhatIsMounted() throws IOException {
        CgroupLayout layout = discover("v2-no-proc-cgroups");

        assertThat(layout.bindings()).containsOnlyKeys(CPU, CPUACCT, CPUSET, IO, MEMORY, PIDS, FREEZER, PERF_EVENT);
        assertThat(layout.unavailable().get(HUGETLB)).startsWith("not in ");
    }

    @Test
    void discover_controllerDisabledAtBoot_saysSo() throws IOException {
        CgroupLayout layout = discover("v1-memory-disabled-raspbian10");

        assertThat(layout.unavailable().get(MEMORY))
                .isEqualTo("disabled in /proc/cgroups: boot without cgroup_disable=memory, "
                        + "or with cgroup_enable=memory");
        assertThat(layout.unavailable().get(CPUSET)).startsWith("not mounted: ");
    }

    private CgroupLayout discover(String name) throws IOException {
        return LayoutDiscovery.discover(LayoutFixture.of(name, directory).linux());
    }

    private String mountPoint(CgroupLayout layout, Controller controller) {
        return "/"
                + directory.relativize(
                        layout.hierarchyOf(controller).orElseThrow().mountPoint());
    }

    private Hierarchy at(CgroupLayout layout, String mountPoint) {
        Path path = directory.resolve(mountPoint.substring(1));
        return layout.hierarchies().stream()
                .filter(hierarchy -> hierarchy.mountPoint().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static Hierarchy named(CgroupLayout layout, String name) {
        return layout.hierarchies().stream()
                .filter(hierarchy -> hierarchy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<Controller, CgroupVersion> versions(CgroupLayout layout) {
        Map<Controller, CgroupVersion> versions = new TreeMap<>();
        Arrays.stream(Controller.values()).forEach(controller -> layout.hierarchyOf(controller)
                .ifPresent(hierarchy -> versions.put(controller, hierarchy.version())));
        return versions;
    }
}
