package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.PressureThreshold;
import org.corral.cgroup.PressureThreshold.Kind;
import org.corral.cgroup.PressureTriggers;
import org.corral.cgroup.TriggerOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.controller.MemoryEvents;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.Linux;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Notifications of a v2 memory cgroup: by inotify and by triggers on pressure stall information. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.EVENTFD, Need.PSI, Need.V2, Need.V2_MEMORY})
class UnifiedEventsIT {

    private static final long LIMIT_BYTES = 48 << 20;
    private static final int PATIENCE_SECONDS = 120;
    private static final String EVENTS = "memory.events";
    private static final String PRESSURE = "memory.pressure";

    /** Holds more than the limit and uses it for ever. */
    private static final String HOG = "exec tail /dev/zero";

    private final Linux linux = Linux.ofThisHost();
    private final Semaphore told = new Semaphore(0);
    private OneCgroup one;
    private CgroupDir dir;
    private MemoryController memory;
    private Poller poller;
    private FileChanges changes;

    @BeforeEach
    void create(TestRoot root) throws IOException {
        one = OneCgroup.create(root);
        dir = one.cgroup().directory(Controller.MEMORY).orElseThrow();
        memory = MemoryController.of(dir);
        poller = Poller.start(linux);
        changes = new FileChanges(linux, poller);
    }

    @AfterEach
    void close() throws Exception {
        poller.close();
        one.close();
    }

    /** Looks at each notification and at no other time, so that it fails if none comes. */
    private void awaitTold(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        do {
            assertThat(told.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS))
                    .as("notified of: " + what)
                    .isTrue();
        } while (!condition.call());
    }

    private boolean counted(Function<MemoryEvents, OptionalLong> counter) throws IOException {
        return counter.apply(memory.events()).orElseThrow() > 0;
    }

    @Test
    void memoryEvents_hardLimitReached_tellsOfMaxAndOfTheKill() throws Exception {
        one.limit(plan -> plan.memory(Limit.of(LIMIT_BYTES)));
        dir.watch(changes, EVENTS, told::release);
        assertThat(counted(MemoryEvents::oomKill)).isFalse();

        one.attachedScript(HOG);

        awaitTold("a kill", () -> counted(MemoryEvents::oomKill));
        assertThat(counted(MemoryEvents::max)).isTrue();
        assertThat(counted(MemoryEvents::oom)).isTrue();
    }

    @Test
    void memoryEvents_killOfAnotherLimit_isNotCountedAsOom() throws Exception {
        Files.writeString(one.path("memory").resolveSibling("memory.max"), String.valueOf(LIMIT_BYTES));
        dir.watch(changes, EVENTS, told::release);

        one.attachedScript(HOG);

        awaitTold("a kill", () -> counted(MemoryEvents::oomKill));
        assertThat(counted(MemoryEvents::oom)).isFalse();
    }

    @Test
    void memoryEvents_highLimitPassed_tellsOfHigh() throws Exception {
        memory.setHigh(Limit.of(LIMIT_BYTES));
        dir.watch(changes, EVENTS, told::release);

        one.attachedScript(HOG);

        awaitTold("usage above memory.high", () -> counted(MemoryEvents::high));
        assertThat(counted(MemoryEvents::oomKill)).isFalse();
    }

    @Test
    void cgroupEvents_processComesAndEnds_tellsOfBoth() throws Exception {
        dir.watch(changes, "cgroup.events", told::release);

        Process process = one.attached("sleep", "1000");
        awaitTold("populated", () -> isPopulated(1));
        Processes.end(process);

        awaitTold("no more populated", () -> isPopulated(0));
    }

    private boolean isPopulated(int populated) throws IOException {
        return dir.read("cgroup.events").lines().anyMatch(("populated " + populated)::equals);
    }

    /** Each cgroup has its own notifications, although all come through one queue. */
    @Test
    void memoryEvents_ofAnotherCgroup_areNotTold() throws Exception {
        Semaphore others = new Semaphore(0);
        one.limit(plan -> plan.memory(Limit.of(LIMIT_BYTES)));
        dir.watch(changes, EVENTS, told::release);
        dir.makeChild("below").close();
        try (CgroupDir below = dir.openChild("below")) {
            below.watch(changes, "cgroup.events", others::release);
            one.attachedScript(HOG);
            awaitTold("a kill", () -> counted(MemoryEvents::oomKill));
            assertThat(others.availablePermits()).isZero();
        }
    }

    @Test
    void pressure_memoryHighBelowTheUse_firesSome() throws Exception {
        assertFires(Kind.SOME);
    }

    @Test
    void pressure_memoryHighBelowTheUse_firesFull() throws Exception {
        assertFires(Kind.FULL);
    }

    private void assertFires(Kind kind) throws Exception {
        memory.setHigh(Limit.of(LIMIT_BYTES));
        TriggerOutcome outcome = new PressureTriggers(linux, dir)
                .set(PRESSURE, PressureThreshold.percent(kind, 10, Duration.ofSeconds(1)));
        outcome.trigger().orElseThrow().watch(poller, told::release);
        assertThat(told.availablePermits()).isZero();

        one.attachedScript(HOG);

        awaitTold(kind + " pressure", () -> true);
        awaitTold(kind + " pressure again", () -> true);
    }

    @Test
    void cgroup_removed_triggerEndsByItselfAndTheFilesWatchWhenCancelled() throws Exception {
        new PressureTriggers(linux, dir)
                .set(PRESSURE, PressureThreshold.percent(Kind.SOME, 10, Duration.ofSeconds(2)))
                .trigger()
                .orElseThrow()
                .watch(poller, told::release);
        FileChanges.Watch file = dir.watch(changes, EVENTS, told::release);
        assertThat(poller.size()).isEqualTo(2);
        assertThat(watchesOfTheKernel()).isEqualTo(1);

        one.cgroup().delete(OneCgroup.PATIENCE);

        Eventually.holds("the queue alone is waited for", () -> poller.size() == 1);
        file.cancel();
        assertThat(watchesOfTheKernel()).isZero();
        assertThat(changes.size()).isZero();
    }

    /** {@return how many watches the kernel keeps in the queue, as proc_pid_fdinfo(5) tells} */
    private static long watchesOfTheKernel() throws IOException {
        for (Map.Entry<Integer, Path> open : OwnDescriptors.targets().entrySet()) {
            if (open.getValue().endsWith("anon_inode:inotify")) {
                Path told = Path.of("/proc/self/fdinfo", open.getKey().toString());
                return Files.readAllLines(told).stream()
                        .filter(line -> line.startsWith("inotify wd:"))
                        .count();
            }
        }
        throw new AssertionError("no inotify queue is open");
    }
}
