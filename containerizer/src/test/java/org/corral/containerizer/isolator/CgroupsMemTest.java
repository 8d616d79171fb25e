package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.OomCause;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.unit.DataSize;
import org.corral.linux.FdBudget;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cgroups are those of a fake kernel, eventfds and poller are real. */
@Timeout(60)
class CgroupsMemTest {

    private static final ContainerId ID = ContainerId.of("c");
    private static final DataSize FLOOR = DataSize.ofMebibytes(32);
    private static final String HARD = "memory.limit_in_bytes";
    private static final String SOFT = "memory.soft_limit_in_bytes";

    @TempDir
    Path root;

    private final FaultyLinux events = new FaultyLinux();
    private Poller poller;
    private FakeLinux kernel;
    private FakeHierarchy memory;
    private ContainerCgroups cgroups;
    private CgroupsMem mem;
    private final List<ContainerEvent> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void mount() throws Exception {
        poller = Poller.start(events.linux());
        kernel = new FakeLinux(root);
        memory = kernel.mountV1("memory", Controller.MEMORY);
        made();
    }

    private void made() throws IOException {
        cgroups = new ContainerCgroups(
                new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral")), "corral");
        cgroups.create(ID);
        mem = mem(events.linux());
    }

    private CgroupsMem mem(Linux linux) {
        return new CgroupsMem(linux, poller, new FileChanges(linux, poller), cgroups, FLOOR, told::add, Map.of());
    }

    @AfterEach
    void nothingIsLeftOpen() {
        mem.cleanup(ID);
        mem.cleanup(ID);
        poller.close();
        assertThat(events.openDescriptors()).isEmpty();
    }

    private FakeCgroup cgroup() {
        return memory.at("/corral/c");
    }

    private static Resources limit(long mebibytes) {
        return Resources.NONE.withMemory(DataSize.ofMebibytes(mebibytes));
    }

    private void prepared(Resources resources) throws IOException {
        mem.prepare(ID, LaunchRequest.builder(List.of("x")).resources(resources).build());
    }

    private static String bytes(long mebibytes) {
        return Long.toString(mebibytes << 20);
    }

    @Test
    void prepare_limit_setsHardAndSoft() throws Exception {
        prepared(limit(64));

        assertThat(cgroup().file(HARD)).isEqualTo(bytes(64));
        assertThat(cgroup().file(SOFT)).isEqualTo(bytes(64));
    }

    @Test
    void prepare_descriptorsScarce_eventFdsAreShared() throws Exception {
        mem = mem(new Linux(events.linux().syscalls(), root, new FdBudget(4, count -> 2)));
        ContainerId other = ContainerId.of("other");
        cgroups.create(other);

        prepared(limit(64));
        mem.prepare(other, LaunchRequest.builder(List.of("x")).build());

        assertThat(poller.size())
                .as("OOM and three levels of pressure for both")
                .isEqualTo(4);
        mem.cleanup(other);
        assertThat(poller.size()).isEqualTo(4);
        mem.cleanup(ID);
        while (poller.size() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void prepare_request_setsTheSoftLimit() throws Exception {
        prepared(limit(128).withMemoryRequest(DataSize.ofMebibytes(64)));

        assertThat(cgroup().file(HARD)).isEqualTo(bytes(128));
        assertThat(cgroup().file(SOFT)).isEqualTo(bytes(64));
    }

    @Test
    void prepare_belowTheFloor_isRaisedToIt() throws Exception {
        prepared(limit(1));

        assertThat(cgroup().file(HARD)).isEqualTo(bytes(32));
    }

    @Test
    void prepare_nothingAskedFor_leavesTheLimitsAndNeverTouchesSwappiness() throws Exception {
        prepared(Resources.NONE);

        assertThat(kernel.calls().recorded("write"))
                .noneMatch(write -> write.contains("limit_in_bytes") || write.contains("swappiness"));
    }

    @Test
    void prepare_limit_listensFirst() throws Exception {
        prepared(limit(64));

        List<String> writes = kernel.calls().recorded("write");
        int listened = indexOf(writes, "cgroup.event_control");
        assertThat(listened).isNotNegative().isLessThan(indexOf(writes, HARD));
    }

    private static int indexOf(List<String> writes, String file) {
        return writes.indexOf(writes.stream()
                .filter(write -> write.contains(file))
                .findFirst()
                .orElse(""));
    }

    @Test
    void prepare_refused_namesFileAndValue() {
        kernel.calls().failNext("write", HARD, Errno.EBUSY);

        assertThatThrownBy(() -> prepared(limit(64)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(HARD, bytes(64), "EBUSY");
    }

    @Test
    void prepare_noOomNotification_failsAndLeavesNoDescriptor() {
        kernel.calls().failNext("openat2", "memory.oom_control", Errno.ENOENT);

        assertThatThrownBy(() -> prepared(limit(64))).isInstanceOf(IOException.class);
    }

    @Test
    void prepare_noPressureLevels_worksWithoutThem() throws Exception {
        cgroup().withoutFile("memory.pressure_level");

        prepared(limit(64));

        assertThat(mem.usage(ID).pressure())
                .hasValueSatisfying(pressure -> assertThat(pressure.low()).isEmpty());
    }

    @Test
    void prepare_noSoftLimitInThisKernel_theHardOneHolds() throws Exception {
        cgroup().withoutFile(SOFT);

        prepared(limit(128).withMemoryRequest(DataSize.ofMebibytes(64)));
        mem.update(ID, limit(64));

        assertThat(cgroup().file(HARD)).isEqualTo(bytes(128));
    }

    @Test
    void update_higher_raisesBoth() throws Exception {
        prepared(limit(64));

        mem.update(ID, limit(128));

        assertThat(cgroup().file(HARD)).isEqualTo(bytes(128));
        assertThat(cgroup().file(SOFT)).isEqualTo(bytes(128));
    }

    @Test
    void update_lower_movesTheSoftLimitAlone() throws Exception {
        prepared(limit(128));

        mem.update(ID, limit(64));

        assertThat(cgroup().file(HARD)).isEqualTo(bytes(128));
        assertThat(cgroup().file(SOFT)).isEqualTo(bytes(64));
    }

    @Test
    void update_afterARestart_stillDoesNotLowerTheHardLimit() throws Exception {
        prepared(limit(128));
        mem.cleanup(ID);
        CgroupsMem next = new CgroupsMem(
                events.linux(), poller, new FileChanges(events.linux(), poller), cgroups, FLOOR, told::add, Map.of());
        next.recover(new RecoveredContainer(ID, OptionalInt.empty(), limit(128)));

        next.update(ID, limit(64));

        assertThat(cgroup().file(HARD)).isEqualTo(bytes(128));
        next.cleanup(ID);
    }

    @Test
    void update_nothing_writesNothing() throws Exception {
        prepared(limit(64));
        kernel.calls().clear();

        mem.update(ID, Resources.NONE);

        assertThat(kernel.calls().recorded("write")).isEmpty();
    }

    @Test
    void limitation_killCounted_namesLimitAndPeak() throws Exception {
        prepared(limit(64));
        cgroup().file("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2");
        cgroup().file("memory.max_usage_in_bytes", bytes(63));

        cgroup().file("memory.stat", "total_rss 4096");

        Limitation limitation = mem.limitation(ID).orElseThrow();

        assertThat(limitation.resource()).isEqualTo("mem");
        assertThat(limitation.limit()).hasValue(64 << 20);
        assertThat(limitation.peak()).hasValue(63 << 20);
        assertThat(limitation.message()).contains("2 process(es) killed");
        assertThat(limitation.statistics()).containsEntry("total_rss", 4096L);
    }

    @Test
    void limitation_seenTwice_isOneEvent() throws Exception {
        prepared(limit(64));
        kill("0");

        mem.limitation(ID);
        mem.limitation(ID);

        assertThat(told).singleElement().isInstanceOfSatisfying(ContainerEvent.OomKilled.class, kill -> {
            assertThat(kill.cause()).isEqualTo(OomCause.ANCESTOR_OR_HOST);
            assertThat(kill.killed()).isEqualTo(2);
            assertThat(kill.limitBytes()).hasValue(64 << 20);
        });
    }

    @Test
    void limitation_limitWasReached_isItsOwn() throws Exception {
        prepared(limit(64));
        kill("7");

        mem.limitation(ID);

        assertThat(told)
                .singleElement()
                .extracting(event -> ((ContainerEvent.OomKilled) event).cause())
                .isEqualTo(OomCause.OWN_LIMIT);
    }

    @Test
    void limitation_limitWasReachedAndNotCounted_isItsOwn() throws Exception {
        prepared(limit(64));
        cgroup().file("memory.max_usage_in_bytes", String.valueOf(64 << 20));
        kill("0");

        assertThat(mem.limitation(ID).orElseThrow().message()).contains("limit of 64.0MiB reached");
    }

    @Test
    void limitation_killedWithoutALimit_isAnEventAlone() throws Exception {
        prepared(Resources.NONE);
        kill("0");

        assertThat(mem.limitation(ID)).isEmpty();

        assertThat(told).hasSize(1);
    }

    private void kill(String failures) {
        cgroup().file("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2");
        cgroup().file("memory.failcnt", failures);
    }

    @Test
    void limitation_noKillOrNoLimit_isNone() throws Exception {
        prepared(limit(64));
        assertThat(mem.limitation(ID)).isEmpty();

        cgroup().file("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1");
        cgroup().file(HARD, "9223372036854771712");
        assertThat(mem.limitation(ID)).isEmpty();
        assertThat(mem.limitation(ContainerId.of("unknown"))).isEmpty();
    }

    @Test
    void watch_preparedWithoutAKill_staysOpen() throws Exception {
        prepared(limit(64));

        assertThat(mem.watch(ID).toCompletableFuture()).isNotDone();
        assertThat(mem.watch(ContainerId.of("unknown")).toCompletableFuture()).isNotDone();
    }

    @Test
    void usage_prepared_isWhatTheFilesSay() throws Exception {
        prepared(limit(64));
        cgroup().file("memory.usage_in_bytes", "4096");

        assertThat(mem.usage(ID).memory()).hasValueSatisfying(used -> {
            assertThat(used.currentBytes()).hasValue(4096);
            assertThat(used.limitBytes()).hasValue(64 << 20);
        });
        assertThat(mem.usage(ID).pressure()).isPresent();
    }

    @Test
    void usage_unknown_isUnknown() {
        assertThatThrownBy(() -> mem.usage(ContainerId.of("unknown"))).isInstanceOf(UnknownContainerException.class);
    }
}
