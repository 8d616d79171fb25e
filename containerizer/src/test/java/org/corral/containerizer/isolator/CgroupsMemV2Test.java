package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.linux.raw.Constants.EPOLLERR;
import static org.corral.linux.raw.Constants.EPOLLIN;
import static org.corral.linux.raw.Constants.EPOLLPRI;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.PressureLevel;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.InotifyLimitException;
import org.corral.linux.event.Poller;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.corral.testing.FakeReadiness;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cgroups are a fake kernel's; inotify and epoll are real, with a real file that stands for memory.events. */
@Timeout(60)
class CgroupsMemV2Test {

    private static final ContainerId ID = ContainerId.of("c");
    private static final long LIMIT = 64 << 20;
    private static final Resources LIMITED = Resources.NONE.withMemory(DataSize.ofMebibytes(64));
    private static final String OOM_GROUP = "memory.oom.group";

    @TempDir
    Path root;

    @TempDir
    Path scratch;

    private final FaultyLinux events = new FaultyLinux();
    private final AtomicLong nanoClock = new AtomicLong();
    private FakeReadiness readiness;
    private Path standIn;
    private Poller poller;
    private FileChanges changes;
    private FakeLinux kernel;
    private FakeHierarchy unified;
    private ContainerCgroups cgroups;
    private CgroupsMem mem;
    private final List<ContainerEvent> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void mount() throws Exception {
        standIn = Files.createFile(scratch.resolve("memory.events"));
        events.answer("inotifyAdd", this::addStandIn);
        readiness = new FakeReadiness(events);
        poller = Poller.start(events.linux());
        changes = new FileChanges(events.linux(), poller);
        kernel = new FakeLinux(root);
        unified = kernel.mountV2(Controller.MEMORY);
        CgroupTree tree = new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral"));
        cgroups = new ContainerCgroups(tree, "corral");
        cgroups.create(ID);
        mem = isolator();
    }

    private int addStandIn(Object[] arguments) throws ErrnoException {
        return Linux.ofThisHost().events().inotifyAdd((int) arguments[0], standIn.toString(), (int) arguments[2]);
    }

    private CgroupsMem isolator() {
        return new CgroupsMem(
                kernel.linux(),
                poller,
                changes,
                cgroups,
                DataSize.ofMebibytes(32),
                told::add,
                Map.of(),
                nanoClock::get);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        mem.cleanup(ID);
        mem.cleanup(ID);
        assertThat(changes.size()).isZero();
        poller.close();
        cgroups.close(ID);
        assertThat(events.openDescriptors()).isEmpty();
        while (!kernel.openDescriptors().isEmpty()) {
            Thread.onSpinWait(); // triggers are closed on a thread of their own
        }
        assertThat(readiness.watched()).isEmpty();
    }

    private FakeCgroup cgroup() {
        return unified.at("/corral/c");
    }

    private void prepared() throws IOException {
        mem.prepare(ID, LaunchRequest.builder(List.of("x")).resources(LIMITED).build());
    }

    private void count(int oom, int kills) {
        cgroup().file("memory.events", "low 0\nhigh 0\nmax 9\noom " + oom + "\noom_kill " + kills);
    }

    @Test
    void prepare_swapLimit_isTheDifference() throws Exception {
        Resources limited = LIMITED.withMemoryAndSwap(Maximum.of(DataSize.ofMebibytes(96)));
        mem.prepare(ID, LaunchRequest.builder(List.of("x")).resources(limited).build());

        assertThat(cgroup().file("memory.max")).isEqualTo(String.valueOf(64 << 20));
        assertThat(cgroup().file("memory.swap.max")).isEqualTo(String.valueOf(32 << 20));

        mem.update(ID, LIMITED.withMemoryAndSwap(Maximum.of(DataSize.ofMebibytes(64))));
        assertThat(cgroup().file("memory.swap.max")).isEqualTo("0");
    }

    /** As the kernel does after it counted. */
    private void notifyOfEvents() throws IOException {
        Files.writeString(standIn, "x");
    }

    private Limitation limited() throws Exception {
        return mem.watch(ID).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void prepare_limit_listensThenLimitsAndLetsTheKernelEndTheWhole() throws Exception {
        prepared();

        assertThat(cgroup().file(OOM_GROUP)).isEqualTo("1");
        assertThat(cgroup().file("memory.max")).isEqualTo(Long.toString(LIMIT));
        assertThat(cgroup().file("memory.low")).isEqualTo(Long.toString(LIMIT));
        assertThat(changes.size()).isEqualTo(1);
        assertThat(mem.watch(ID).toCompletableFuture()).isNotDone();
    }

    @Test
    void watch_killCounted_tellsTheLimitation() throws Exception {
        prepared();

        count(1, 2);
        notifyOfEvents();

        assertThat(limited().limit()).hasValue(LIMIT);
        assertThat(limited().message()).contains("64.0MiB reached", "2 process(es) killed");
    }

    @Test
    void watch_eventsWithoutAKill_waitsForTheKill() throws Exception {
        prepared();
        notifyOfEvents();
        count(1, 1);
        notifyOfEvents();

        assertThat(limited().resource()).isEqualTo("mem");
    }

    @Test
    void watch_killedForAnotherLimit_saysSo() throws Exception {
        prepared();

        count(0, 1);
        notifyOfEvents();

        assertThat(limited().message()).contains("64.0MiB not reached, but another above it");
    }

    @Test
    void recover_killedMeanwhile_isToldAtOnce() throws Exception {
        prepared();
        mem.release(ID);
        count(1, 1);

        mem = isolator();
        mem.recover(new RecoveredContainer(ID, OptionalInt.empty(), LIMITED));

        assertThat(mem.watch(ID).toCompletableFuture()).isCompleted();
    }

    @Test
    void prepare_noOomGroupInTheKernel_listensAllTheSame() throws Exception {
        cgroup().withoutFile(OOM_GROUP);
        prepared();

        count(1, 1);
        notifyOfEvents();

        assertThat(limited().resource()).isEqualTo("mem");
    }

    @Test
    void prepare_oomGroupRefused_listensAllTheSame() throws Exception {
        kernel.calls().failNext("write", OOM_GROUP, Errno.EACCES);
        prepared();

        count(1, 1);
        notifyOfEvents();

        assertThat(limited().resource()).isEqualTo("mem");
    }

    @Test
    void prepare_watchesUsedUp_runsAndTellsTheLimitationAtTheEnd() throws Exception {
        events.fail("inotifyAdd", Errno.ENOSPC);
        prepared();

        count(1, 1);

        assertThat(mem.limitation(ID)).isPresent();
        assertThat(changes.size()).isZero();
    }

    @Test
    void prepare_watchesUsedUpAndNoOomGroup_failsAndNamesTheSetting() {
        events.fail("inotifyAdd", Errno.ENOSPC);
        cgroup().withoutFile(OOM_GROUP);

        assertThatThrownBy(this::prepared)
                .isInstanceOf(InotifyLimitException.class)
                .hasMessageContaining("max_user_watches");
    }

    @Test
    void prepare_noMemoryEvents_fails() {
        kernel.calls().failNext("openat2", "memory.events", Errno.EMFILE);

        assertThatThrownBy(this::prepared).hasMessageContaining("EMFILE");
    }

    @Test
    void pressure_passed_isCountedByWhatAllWaited() throws Exception {
        prepared();
        assertPressure(0, 0, 0);

        fire("9.99");
        assertPressure(1, 0, 0);
        fire("10.00");
        assertPressure(2, 1, 0);
        fire("39.99");
        assertPressure(3, 2, 0);
        fire("40.00");
        assertPressure(4, 3, 1);
        assertThat(told)
                .extracting(event -> ((ContainerEvent.MemoryPressure) event).level())
                .containsExactly(PressureLevel.LOW, PressureLevel.MEDIUM, PressureLevel.CRITICAL);
    }

    @Test
    void pressure_aSecondLater_isToldAgain() throws Exception {
        prepared();
        fire("9.99");
        fire("9.99");
        assertThat(told).hasSize(1);

        nanoClock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        fire("9.99");

        assertThat(told).hasSize(2);
    }

    @Test
    void pressure_unreadable_isLow() throws Exception {
        prepared();
        kernel.calls().failNext("pread", "memory.pressure", Errno.ENODEV);

        fire("90.00");

        assertPressure(1, 0, 0);
    }

    @Test
    void pressure_prepared_isOneTriggerWithTheThresholdOfTheDecision() throws Exception {
        prepared();

        assertThat(kernel.calls().recorded("write"))
                .filteredOn(write -> write.contains("memory.pressure"))
                .singleElement()
                .asString()
                .contains("\"some 200000 2000000\0\"");
        assertThat(readiness.watched()).hasSize(1);
    }

    @Test
    void pressure_kernelWithoutPsi_isAbsentAndTheContainerRuns() throws Exception {
        cgroup().withoutFile("memory.pressure");

        prepared();

        assertThat(mem.usage(ID).pressure())
                .contains(new PressureUsage(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void pressure_triggerFails_isAbsentAndTheContainerRuns() throws Exception {
        kernel.calls().failNext("write", "some 200000", Errno.ENOMEM);

        prepared();

        assertThat(mem.usage(ID).pressure().orElseThrow().low()).isEmpty();
    }

    @Test
    void cgroup_removed_triggerEndsByItself() throws Exception {
        prepared();

        readiness.ready(readiness.watched().get(0), EPOLLPRI | EPOLLERR);
        while (!readiness.watched().isEmpty()) {
            Thread.onSpinWait();
        }

        assertPressure(0, 0, 0);
    }

    private void fire(String percentOfAll) throws Exception {
        cgroup().file(
                        "memory.pressure",
                        """
                some avg10=90.00 avg60=0.00 avg300=0.00 total=5
                full avg10=%s avg60=0.00 avg300=0.00 total=5"""
                                .formatted(percentOfAll));
        int fd = readiness.watched().get(0);
        long before = kernel.calls().recorded("pread").size();
        readiness.ready(fd, EPOLLPRI);
        while (kernel.calls().recorded("pread").size() == before) {
            Thread.onSpinWait();
        }
        awaitPoller();
    }

    /** What the poller does is done when this returns. */
    private void awaitPoller() throws Exception {
        CountDownLatch round = new CountDownLatch(1);
        EventFd event = EventFd.create(events.linux());
        event.signal();
        poller.watch(event.fd(), EPOLLIN, (watch, ready) -> {
            watch.cancel();
            round.countDown();
        });
        assertThat(round.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void assertPressure(long low, long medium, long critical) throws IOException {
        assertThat(mem.usage(ID).pressure())
                .contains(new PressureUsage(OptionalLong.of(low), OptionalLong.of(medium), OptionalLong.of(critical)));
    }
}
