package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.linux.raw.Constants.EPOLLERR;
import static org.corral.linux.raw.Constants.EPOLLPRI;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.PressureThreshold.Kind;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.corral.testing.FakeReadiness;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PressureTriggersTest {

    private static final String FILE = "memory.pressure";
    private static final PressureThreshold ONE_SECOND =
            new PressureThreshold(Kind.SOME, Duration.ofMillis(150), Duration.ofSeconds(1));
    private static final PressureThreshold TWO_SECONDS =
            new PressureThreshold(Kind.FULL, Duration.ofMillis(100), Duration.ofSeconds(2));

    @TempDir
    Path root;

    private FakeLinux kernel;
    private FakeHierarchy unified;
    private CgroupDir dir;
    private PressureTriggers triggers;

    @BeforeEach
    void make() throws Exception {
        kernel = new FakeLinux(root);
        unified = kernel.mountV2(Controller.MEMORY);
        unified.make("/corral");
        dir = CgroupDir.open(kernel.linux(), unified.described(), CgroupPath.of("/corral"));
        triggers = new PressureTriggers(kernel.linux(), dir);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        dir.close();
        while (!kernel.openDescriptors().isEmpty()) {
            Thread.onSpinWait(); // one that was watched is closed on a thread of its own
        }
        assertThat(kernel.calls().allPlansDone()).isTrue();
    }

    private List<String> writes() {
        return kernel.calls().recorded("write");
    }

    @Test
    void set_taken_isSetAsAskedAndHoldsOneDescriptor() throws Exception {
        TriggerOutcome outcome = triggers.set(FILE, ONE_SECOND);

        assertThat(outcome).isInstanceOf(TriggerOutcome.Set.class);
        assertThat(writes()).containsExactly("write(/sys/fs/cgroup/corral/" + FILE + ", \"some 150000 1000000\0\")");
        assertThat(kernel.openDescriptors()).contains("/sys/fs/cgroup/corral/" + FILE);
        try (PressureTrigger trigger = outcome.trigger().orElseThrow()) {
            assertThat(trigger.threshold()).isEqualTo(ONE_SECOND);
        }
    }

    @Test
    void set_windowNotAllowed_isSetForTheSameShareOfTwoSeconds() throws Exception {
        kernel.calls().failNext("write", "1000000", Errno.EINVAL);

        TriggerOutcome outcome = triggers.set(FILE, ONE_SECOND);

        try (PressureTrigger trigger = outcome.trigger().orElseThrow()) {
            assertThat(outcome).isEqualTo(new TriggerOutcome.SetWithOtherWindow(trigger, ONE_SECOND));
            assertThat(trigger.threshold()).hasToString("some 300000 2000000");
        }
        assertThat(writes()).hasSize(2);
    }

    @Test
    void set_noWindowAllowed_isUnsupportedWithTheLastReason() throws Exception {
        kernel.calls().failNext("write", FILE, Errno.EINVAL, 2);

        assertUnsupported(triggers.set(FILE, ONE_SECOND), "some 300000 2000000", "EINVAL", "does not take");
    }

    @Test
    void set_freeWindowRefused_isNotTriedAgain() throws Exception {
        kernel.calls().failNext("write", FILE, Errno.EINVAL);

        assertUnsupported(triggers.set(FILE, TWO_SECONDS), "full 100000 2000000", "EINVAL");
        assertThat(writes()).hasSize(1);
    }

    @Test
    void set_kernelWithoutPsi_isUnsupported() throws Exception {
        unified.at("/corral").withoutFile(FILE);

        assertUnsupported(triggers.set(FILE, ONE_SECOND), "ENOENT", "/corral/" + FILE, "CONFIG_PSI");
    }

    @Test
    void set_psiSwitchedOffAtBoot_isUnsupported() throws Exception {
        kernel.calls().failNext("write", FILE, Errno.EOPNOTSUPP);

        assertUnsupported(triggers.set(FILE, ONE_SECOND), "EOPNOTSUPP", "psi=1");
    }

    @Test
    void set_olderKernelWithoutThePrivilege_isUnsupportedAndNamesIt() throws Exception {
        kernel.calls().failNext("openat2", FILE, Errno.EPERM);
        kernel.calls().failNext("openat", FILE, Errno.EPERM);

        assertUnsupported(triggers.set(FILE, ONE_SECOND), "EPERM", "CAP_SYS_RESOURCE");
    }

    private static void assertUnsupported(TriggerOutcome outcome, CharSequence... parts) {
        assertThat(outcome.trigger()).isEmpty();
        assertThat(outcome).isInstanceOfSatisfying(TriggerOutcome.Unsupported.class, unsupported -> assertThat(
                        unsupported.reason())
                .contains(parts));
    }

    @ParameterizedTest
    @ValueSource(ints = {19, 12}) // ENODEV, ENOMEM
    void set_goneOrNoMemory_fails(int errno) {
        kernel.calls().failNext("write", FILE, new Errno(errno));

        assertThatThrownBy(() -> triggers.set(FILE, ONE_SECOND))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining(FILE);
    }

    @Test
    void set_tooManyDescriptors_fails() {
        kernel.calls().failNext("openat2", FILE, Errno.EMFILE);

        assertThatThrownBy(() -> triggers.set(FILE, ONE_SECOND)).hasMessageContaining("EMFILE");
    }

    @Test
    void pressure_set_isWhatTheFileSays() throws Exception {
        unified.at("/corral").file(FILE, "some avg10=1.50 avg60=0.00 avg300=0.00 total=7");
        try (PressureTrigger trigger = triggers.set(FILE, ONE_SECOND).trigger().orElseThrow()) {
            assertThat(trigger.pressure().some().orElseThrow().avg10()).isEqualTo(1.5);

            unified.remove("/corral");
            assertThatThrownBy(trigger::pressure).hasMessageContainingAll(FILE, "ENODEV");
        }
    }

    @Test
    void watch_cancelled_isClosedOnAnotherThreadThanThePollers() throws Exception {
        FaultyLinux events = new FaultyLinux();
        FakeReadiness readiness = new FakeReadiness(events);
        BlockingQueue<String> closers = new LinkedBlockingQueue<>();
        try (Poller poller = Poller.start(events.linux())) {
            PressureTrigger trigger = triggers.set(FILE, ONE_SECOND).trigger().orElseThrow();
            Poller.Watch watch = trigger.watch(poller, () -> {});
            String fd = "fd " + readiness.watched().get(0);
            kernel.calls()
                    .before(
                            "close",
                            fd,
                            () -> closers.add(Thread.currentThread().getName()));

            watch.cancel();

            assertThat(closers.poll(30, TimeUnit.SECONDS)).isEqualTo("corral-closer");
        }
    }

    @Test
    void watch_passed_isToldEachTimeUntilTheCgroupGoes() throws Exception {
        FaultyLinux events = new FaultyLinux();
        FakeReadiness readiness = new FakeReadiness(events);
        Semaphore passed = new Semaphore(0);
        try (Poller poller = Poller.start(events.linux())) {
            triggers.set(FILE, ONE_SECOND).trigger().orElseThrow().watch(poller, passed::release);
            int fd = readiness.watched().get(0);

            readiness.ready(fd, EPOLLPRI);
            assertThat(passed.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            readiness.ready(fd, EPOLLPRI);
            assertThat(passed.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            readiness.ready(fd, EPOLLPRI | EPOLLERR);
            while (!readiness.watched().isEmpty()) {
                Thread.onSpinWait(); // the poller forgets a watch before it takes it out of the epoll set
            }

            assertThat(passed.availablePermits()).isZero();
            assertThat(poller.size()).isZero();
        }
    }

    @Test
    void watch_epollRefuses_closesTheDescriptor() throws Exception {
        FaultyLinux events = new FaultyLinux();
        try (Poller poller = Poller.start(events.linux())) {
            events.fail("epollAdd", Errno.ENOSPC);
            PressureTrigger trigger = triggers.set(FILE, ONE_SECOND).trigger().orElseThrow();

            assertThatThrownBy(() -> trigger.watch(poller, () -> {})).hasMessageContaining("ENOSPC");
        }
    }
}
