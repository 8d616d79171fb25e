package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.unit.CpuAmount;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.errno.Errno;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.corral.testing.FakeProcess;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupIsolatorsTest {

    private static final ContainerId ID = ContainerId.of("c");

    @TempDir
    Path root;

    private final FaultyLinux events = new FaultyLinux();
    private Poller poller;
    private FakeLinux kernel;
    private FakeHierarchy cpuHierarchy;
    private FakeHierarchy pidsHierarchy;
    private ContainerCgroups cgroups;
    private CgroupMembership membership;
    private CgroupsCpu cpu;
    private CgroupsPids pids;
    private final List<ContainerEvent> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void mount() throws IOException {
        poller = Poller.start(events.linux());
        kernel = new FakeLinux(root);
        cpuHierarchy = kernel.mountV1("cpu,cpuacct", Controller.CPU, Controller.CPUACCT);
        pidsHierarchy = kernel.mountV1("pids", Controller.PIDS);
        cgroups = new ContainerCgroups(
                new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral")), "corral");
        membership = new CgroupMembership(cgroups);
        cpu = new CgroupsCpu(cgroups, Duration.ofMillis(100));
        pids = new CgroupsPids(cgroups, new FileChanges(kernel.linux(), poller), told::add);
    }

    @AfterEach
    void stop() {
        poller.close();
    }

    private static LaunchRequest with(Resources resources) {
        return LaunchRequest.builder(List.of("x")).resources(resources).build();
    }

    private FakeCgroup inCpu() {
        return cpuHierarchy.at("/corral/c");
    }

    private FakeCgroup inPids() {
        return pidsHierarchy.at("/corral/c");
    }

    private void prepared(Resources resources) throws IOException {
        membership.prepare(ID, with(resources));
        cpu.prepare(ID, with(resources));
        pids.prepare(ID, with(resources));
    }

    @Test
    void membership_wholeLife_makesEntersAndRemovesTheCgroup() throws Exception {
        FakeProcess process = kernel.start();
        membership.prepare(ID, with(Resources.NONE));
        membership.isolate(ID, process.pid());

        assertThat(inCpu().pids()).containsExactly(process.pid());
        assertThat(inPids().pids()).containsExactly(process.pid());
        assertThat(inCpu().attribute("user.corral.owner")).contains("corral");

        process.exit(0);
        membership.cleanup(ID);
        membership.cleanup(ID);

        assertThat(cpuHierarchy.find("/corral")).isEmpty();
        assertThat(pidsHierarchy.find("/corral")).isEmpty();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void membership_cgroupThatIsThere_isRefusedAndLeftAlone() {
        cpuHierarchy.make("/corral/c");

        assertThatThrownBy(() -> membership.prepare(ID, with(Resources.NONE))).hasMessageContaining("EEXIST");

        assertThat(cpuHierarchy.find("/corral/c")).isPresent();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void membership_recover_takesOwnCgroupsAlone() throws Exception {
        RecoveredContainer container = new RecoveredContainer(ID, OptionalInt.empty(), Resources.NONE);
        membership.recover(container);
        assertThat(cgroups.find(ID)).isEmpty();

        cpuHierarchy.make("/corral/c");
        pidsHierarchy.make("/corral/c");
        assertThatThrownBy(() -> membership.recover(container))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bears no mark");
        assertThat(cgroups.find(ID)).isEmpty();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void membership_recoverOfAnEarlierAgent_opensItOnce() throws Exception {
        membership.prepare(ID, with(Resources.NONE));
        ContainerCgroups next = new ContainerCgroups(
                new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral")), "corral");
        int open = kernel.openDescriptors().size();

        next.adopt(ID);
        next.adopt(ID);

        assertThat(next.find(ID)).isPresent();
        assertThat(kernel.openDescriptors()).hasSize(2 * open);
    }

    @Test
    void membership_cleanupFails_isRepeatable() throws Exception {
        membership.prepare(ID, with(Resources.NONE));
        kernel.calls().failNext("rmdir", "/corral/c", Errno.EPERM);
        assertThatThrownBy(() -> membership.cleanup(ID)).isInstanceOf(IOException.class);

        membership.cleanup(ID);

        assertThat(cpuHierarchy.find("/corral/c")).isEmpty();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void cpu_sharesAlone_setNoQuota() throws Exception {
        prepared(Resources.NONE.withCpus(CpuAmount.parse("2.5")));

        assertThat(inCpu().file("cpu.shares")).isEqualTo("2560");
        assertThat(inCpu().file("cpu.cfs_quota_us")).isEqualTo("-1");
    }

    @Test
    void cpu_limit_isAQuotaOfThePeriod() throws Exception {
        prepared(Resources.NONE.withCpuLimit(CpuAmount.parse("1.5")));

        assertThat(inCpu().file("cpu.cfs_quota_us")).isEqualTo("150000");
        assertThat(inCpu().file("cpu.shares")).isEqualTo("1024");
    }

    @Test
    void cpu_nothingAskedFor_writesNothing() throws Exception {
        prepared(Resources.NONE);

        assertThat(kernel.calls().recorded("write")).noneMatch(write -> write.contains("cpu."));
    }

    @Test
    void cpu_update_changesWhatIsThereAlone() throws Exception {
        prepared(Resources.NONE.withCpus(CpuAmount.parse("1")).withCpuLimit(CpuAmount.parse("1")));

        cpu.update(ID, Resources.NONE.withCpuLimit(CpuAmount.parse("2")));

        assertThat(inCpu().file("cpu.cfs_quota_us")).isEqualTo("200000");
        assertThat(inCpu().file("cpu.shares")).isEqualTo("1024");
    }

    @Test
    void cpu_refusedByTheKernel_namesFileAndValue() throws Exception {
        membership.prepare(ID, with(Resources.NONE));
        kernel.calls().failNext("write", "cpu.shares", Errno.EINVAL);

        assertThatThrownBy(() -> cpu.prepare(ID, with(Resources.NONE.withCpus(CpuAmount.parse("2")))))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("cpu.shares", "2048", "EINVAL");
    }

    @Test
    void cpu_limitThatTheKernelHasNot_isAFailure() throws Exception {
        prepared(Resources.NONE);
        inCpu().withoutFile("cpu.cfs_quota_us");

        assertThatThrownBy(() -> cpu.update(ID, Resources.NONE.withCpuLimit(CpuAmount.parse("2"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cpu.cfs_quota_us");
    }

    @Test
    void cpu_usage_isTimeAndThrottling() throws Exception {
        prepared(Resources.NONE);
        inCpu().file("cpuacct.usage", "3000000000");
        inCpu().file("cpu.stat", "nr_periods 7\nnr_throttled 2\nthrottled_time 5000");

        ContainerUsage usage = cpu.usage(ID);

        assertThat(usage.cpu()).hasValueSatisfying(used -> {
            assertThat(used.total()).contains(Duration.ofSeconds(3));
            assertThat(used.periods()).hasValue(7);
            assertThat(used.throttledPeriods()).hasValue(2);
            assertThat(used.throttled()).contains(Duration.ofNanos(5000));
        });
    }

    @Test
    void pids_limit_isWrittenAndRead() throws Exception {
        prepared(Resources.NONE.withPids(12));

        assertThat(inPids().file("pids.max")).isEqualTo("12");
        assertThat(pids.usage(ID).pids()).hasValueSatisfying(used -> {
            assertThat(used.limit()).hasValue(12);
            assertThat(used.current()).hasValue(0);
        });
    }

    @Test
    void pids_noLimit_isAbsent() throws Exception {
        prepared(Resources.NONE);

        assertThat(inPids().file("pids.max")).isEqualTo("max");
        assertThat(pids.usage(ID).pids().orElseThrow().limit()).isEmpty();
    }

    @Test
    void pids_refused_namesFileAndValue() throws Exception {
        prepared(Resources.NONE);
        kernel.calls().failNext("write", "pids.max", Errno.EACCES);

        assertThatThrownBy(() -> pids.update(ID, Resources.NONE.withPids(5)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("pids.max", "5", "EACCES");
    }

    @Test
    void anyCall_unknownContainer_isUnknown() throws Exception {
        Resources wanted = Resources.NONE.withPids(5).withCpus(CpuAmount.parse("1"));

        assertThatThrownBy(() -> cpu.usage(ID)).isInstanceOf(UnknownContainerException.class);
        assertThatThrownBy(() -> cpu.update(ID, wanted)).isInstanceOf(UnknownContainerException.class);
        assertThatThrownBy(() -> pids.usage(ID)).isInstanceOf(UnknownContainerException.class);
        assertThatThrownBy(() -> pids.update(ID, wanted)).isInstanceOf(UnknownContainerException.class);
        assertThatThrownBy(() -> membership.isolate(ID, 100)).isInstanceOf(UnknownContainerException.class);
        cpu.cleanup(ID);
        pids.cleanup(ID);
        membership.cleanup(ID);
    }

    @Test
    void anyCall_controllerBoundNowhere_saysSo() throws Exception {
        FakeLinux other = new FakeLinux(root.resolve("other"));
        other.mountV1("pids", Controller.PIDS);
        ContainerCgroups few =
                new ContainerCgroups(new CgroupTree(other.linux(), other.layout(), CgroupPath.of("/corral")), "corral");
        few.create(ID);
        CgroupsCpu without = new CgroupsCpu(few, Duration.ofMillis(100));

        assertThatThrownBy(() -> without.update(ID, Resources.NONE.withCpus(CpuAmount.parse("1"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bound to no hierarchy");
        assertThat(without.usage(ID).absent()).containsKey("cpu");
    }

    @Test
    void names_isolators_areThoseOfMesos() {
        assertThat(List.of(membership.name(), cpu.name(), pids.name()))
                .containsExactly("cgroups/membership", "cgroups/cpu", "cgroups/pids");
    }

    @Test
    void pids_forksFailed_isToldWhereTheCountHasGrown() throws Exception {
        prepared(Resources.NONE.withPids(5));
        pids.usage(ID);
        assertThat(told).isEmpty();

        inPids().file("pids.events", "max 3");
        pids.usage(ID);
        pids.usage(ID);
        inPids().file("pids.events", "max 4");
        assertThat(pids.limitation(ID)).isEmpty();

        assertThat(told)
                .extracting(event -> (ContainerEvent.PidsLimitHit) event)
                .extracting(ContainerEvent.PidsLimitHit::failedForks)
                .containsExactly(3L, 4L);
        assertThat(((ContainerEvent.PidsLimitHit) told.get(0)).limit()).isEqualTo(OptionalLong.of(5));
    }
}
