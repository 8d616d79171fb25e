package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.linux.errno.Errno;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The isolators whose cgroups have no amounts: net_cls, devices, perf_event. */
class MemberIsolatorsTest {

    private static final ContainerId ID = ContainerId.of("c");
    private static final ContainerId OTHER = ContainerId.of("d");
    private static final LaunchRequest REQUEST =
            LaunchRequest.builder(List.of("x")).build();
    private static final Map<String, String> PRIMARY = Map.of("primary", "0x10", "secondary", "1-2");

    @TempDir
    Path root;

    private FakeLinux kernel;
    private FakeHierarchy netCls;
    private FakeHierarchy devices;
    private ContainerCgroups cgroups;

    @BeforeEach
    void mount() {
        kernel = new FakeLinux(root);
        netCls = kernel.mountV1("net_cls", Controller.NET_CLS);
        devices = kernel.mountV1("devices", Controller.DEVICES);
        kernel.mountV2BesideV1(Controller.PERF_EVENT);
        cgroups = newAgent();
    }

    private ContainerCgroups newAgent() {
        return new ContainerCgroups(
                new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral")), "corral");
    }

    private FakeCgroup make(ContainerId id) throws IOException {
        cgroups.create(id);
        FakeCgroup device = devices.at("/corral/" + id);
        device.file("devices.deny", "");
        device.file("devices.allow", "");
        device.file("devices.list", "a *:* rwm");
        FakeCgroup made = netCls.at("/corral/" + id);
        made.file("net_cls.classid", "0");
        return made;
    }

    private static RecoveredContainer recovered(ContainerId id) {
        return new RecoveredContainer(id, OptionalInt.empty(), Resources.NONE);
    }

    @Test
    void netCls_twoContainers_haveClassesOfTheirOwn() throws Exception {
        CgroupsNetCls isolator = new CgroupsNetCls(cgroups, PRIMARY);
        FakeCgroup first = make(ID);
        FakeCgroup second = make(OTHER);

        isolator.prepare(ID, REQUEST);
        isolator.prepare(OTHER, REQUEST);

        assertThat(first.file("net_cls.classid")).isEqualTo("1048577");
        assertThat(second.file("net_cls.classid")).isEqualTo("1048578");
        assertThat(isolator.status(ID)).isEqualTo(Map.of("net_cls.classid", "0x100001"));
        assertThat(isolator.status(OTHER)).isEqualTo(Map.of("net_cls.classid", "0x100002"));
    }

    @Test
    void netCls_cleanup_givesTheClassToTheNext() throws Exception {
        CgroupsNetCls isolator = new CgroupsNetCls(cgroups, Map.of("primary", "0x10", "secondary", "1"));
        make(ID);
        isolator.prepare(ID, REQUEST);
        isolator.cleanup(ID);
        isolator.cleanup(ID);
        make(OTHER);
        netCls.at("/corral/c").file("net_cls.classid", "0");

        isolator.prepare(OTHER, REQUEST);

        assertThat(isolator.status(ID)).isEmpty();
        assertThat(isolator.status(OTHER)).containsValue("0x100001");
    }

    @Test
    void netCls_noneLeft_refusesTheLaunch() throws Exception {
        CgroupsNetCls isolator = new CgroupsNetCls(cgroups, Map.of("primary", "0x10", "secondary", "1"));
        make(ID);
        make(OTHER);
        isolator.prepare(ID, REQUEST);

        assertThatThrownBy(() -> isolator.prepare(OTHER, REQUEST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("all 1 handles");
        isolator.cleanup(OTHER);
        assertThat(isolator.status(ID)).isNotEmpty();
    }

    @Test
    void netCls_refusedByTheKernel_namesFileAndValue() throws Exception {
        CgroupsNetCls isolator = new CgroupsNetCls(cgroups, Map.of("primary", "0x10", "secondary", "1"));
        FakeCgroup made = make(ID);
        kernel.calls().failNext("write", "net_cls.classid", Errno.EACCES);

        assertThatThrownBy(() -> isolator.prepare(ID, REQUEST))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("net_cls.classid", "1048577", "EACCES");
        isolator.cleanup(ID);
        isolator.prepare(ID, REQUEST);
        assertThat(made.file("net_cls.classid")).isEqualTo("1048577");
    }

    @Test
    void netCls_recovered_keepsItsClassAndNobodyGetsIt() throws Exception {
        make(ID).file("net_cls.classid", "1048577");
        cgroups = newAgent();
        CgroupsNetCls isolator = new CgroupsNetCls(cgroups, PRIMARY);
        cgroups.adopt(ID);
        isolator.recover(recovered(ID));
        isolator.recover(recovered(ContainerId.of("gone")));
        make(OTHER);

        isolator.prepare(OTHER, REQUEST);

        assertThat(isolator.status(ID)).containsValue("0x100001");
        assertThat(isolator.status(OTHER)).containsValue("0x100002");
        isolator.release(ID);
        assertThat(isolator.status(ID)).isEmpty();
    }

    @Test
    void netCls_classesOfOtherAgents_areNotGiven() throws Exception {
        make(ID).file("net_cls.classid", "1048577");
        netCls.make("/corral/strange").file("net_cls.classid", "7");
        netCls.make("/corral/without");
        cgroups = newAgent();
        make(OTHER);
        CgroupsNetCls isolator = new CgroupsNetCls(cgroups, PRIMARY);

        isolator.prepare(OTHER, REQUEST);

        assertThat(isolator.status(OTHER)).containsValue("0x100002");
    }

    @Test
    void netCls_noPrimary_isAMemberAlone() throws Exception {
        CgroupsNetCls isolator = new CgroupsNetCls(cgroups, Map.of());
        FakeCgroup made = make(ID);

        isolator.prepare(ID, REQUEST);

        assertThat(made.file("net_cls.classid")).isEqualTo("0");
        assertThat(isolator.status(ID)).isEmpty();
        isolator.cleanup(ID);
    }

    @Test
    void netCls_recoveredWithoutPrimary_stillTellsTheClass() throws Exception {
        make(ID).file("net_cls.classid", "1048577");
        CgroupsNetCls isolator = new CgroupsNetCls(cgroups, Map.of());

        isolator.recover(recovered(ID));

        assertThat(isolator.status(ID)).containsValue("0x100001");
        isolator.cleanup(ID);
        assertThat(isolator.status(ID)).isEmpty();
    }

    @Test
    void devices_prepare_deniesAllButTheUsual() throws Exception {
        make(ID);

        new CgroupsDevices(cgroups, Map.of("allow", "c 10:229 rw, b 8:* r")).prepare(ID, REQUEST);

        List<String> writes = kernel.calls().recorded("write").stream()
                .filter(write -> write.contains("devices."))
                .toList();
        assertThat(writes.get(0)).contains("devices.deny");
        assertThat(writes).hasSize(17);
        assertThat(writes).anyMatch(write -> write.contains("c 1:3 rwm"));
        assertThat(writes.get(15)).contains("c 10:229 rw");
        assertThat(writes.get(16)).contains("b 8:* r");
    }

    @Test
    void devices_refusedByTheKernel_namesFileAndRule() throws Exception {
        make(ID);
        kernel.calls().failNext("write", "devices.allow", Errno.EPERM);

        assertThatThrownBy(() -> new CgroupsDevices(cgroups, Map.of()).prepare(ID, REQUEST))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("devices.allow", "c *:* m", "EPERM");
    }

    @Test
    void devices_badRule_isRefusedWithTheOption() {
        assertThatThrownBy(() -> new CgroupsDevices(cgroups, Map.of("allow", "c 1:3 rwm,/dev/fuse")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("cgroups/devices:allow", "device rule '/dev/fuse'", "'c 10:229 rw'");
    }

    @Test
    void perfEvent_bound_isAMember() throws Exception {
        make(ID);
        CgroupsPerfEvent isolator = new CgroupsPerfEvent(cgroups);

        isolator.prepare(ID, REQUEST);

        assertThat(isolator.usage(ID).absent()).isEmpty();
        isolator.cleanup(ID);
    }

    @Test
    void anyOfThem_controllerBoundNowhere_saysSo() throws Exception {
        FakeLinux other = new FakeLinux(root.resolve("other"));
        other.mountV1("pids", Controller.PIDS);
        ContainerCgroups few =
                new ContainerCgroups(new CgroupTree(other.linux(), other.layout(), CgroupPath.of("/corral")), "corral");
        few.create(ID);

        for (Isolator isolator : all(few)) {
            assertThatThrownBy(() -> isolator.prepare(ID, REQUEST))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("bound to no hierarchy");
        }
    }

    @Test
    void anyOfThem_unknownContainer_isUnknown() throws Exception {
        for (Isolator isolator : all(cgroups)) {
            assertThatThrownBy(() -> isolator.prepare(ID, REQUEST)).isInstanceOf(UnknownContainerException.class);
            assertThat(isolator.status(ID)).isEmpty();
            isolator.cleanup(ID);
            isolator.release(ID);
        }
    }

    private static List<Isolator> all(ContainerCgroups cgroups) {
        return List.of(
                new CgroupsNetCls(cgroups, PRIMARY),
                new CgroupsDevices(cgroups, Map.of()),
                new CgroupsPerfEvent(cgroups));
    }

    @Test
    void names_isolators_areThoseOfMesos() {
        assertThat(all(cgroups))
                .extracting(Isolator::name)
                .containsExactly("cgroups/net_cls", "cgroups/devices", "cgroups/perf_event");
    }
}
