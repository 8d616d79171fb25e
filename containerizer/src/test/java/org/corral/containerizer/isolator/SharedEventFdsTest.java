package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.controller.MemoryController;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent.ThresholdCrossed;
import org.corral.core.event.Crossing;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SharedEventFdsTest {

    private static final String OOM = "";

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<ThresholdCrossed> crossed = new LinkedBlockingQueue<>();
    private final AtomicLong nanoClock = new AtomicLong();
    private NotifyingHost host;
    private SharedEventFds shared;

    @BeforeEach
    void boot(@TempDir Path root) throws Exception {
        host = new NotifyingHost(root);
        shared = new SharedEventFds(host.events().linux(), host.poller(), nanoClock::get);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        host.close();
    }

    /** {@return the notifications of a cgroup that listens to all but thresholds} */
    private MemoryNotifications member(String name) throws Exception {
        MemoryNotifications member = shared.join(host.directory(name));
        for (MemoryNotice notice : MemoryNotice.values()) {
            member.listen(notice, times -> told.add(name + " " + notice + " " + times));
        }
        return member;
    }

    private void assertTold(String... expected) throws InterruptedException {
        for (String one : expected) {
            assertThat(told.take()).isEqualTo(one);
        }
    }

    private Threshold threshold(String name, long bytes) throws Exception {
        MemoryController memory = MemoryController.of(host.directory(name));
        return new Threshold(
                ContainerId.of(name), bytes, memory, event -> crossed.add((ThresholdCrossed) event), nanoClock::get);
    }

    private void uses(String name, long bytes) {
        host.cgroup(name).file("memory.usage_in_bytes", Long.toString(bytes));
    }

    @Test
    void join_upTo64_shareFourEventFds() throws Exception {
        for (int i = 0; i < 64; i++) {
            member("m" + i);
        }
        assertThat(host.eventFds()).isEqualTo(4);
        assertThat(host.connections("m63", OOM)).isEqualTo(host.connections("m0", OOM));

        member("m64");

        assertThat(host.eventFds()).isEqualTo(8);
    }

    @Test
    void oom_ofAny_allLook() throws Exception {
        member("a");
        member("b");

        host.fire("b", OOM, 1);

        assertTold("a OOM 1", "b OOM 1");
    }

    @Test
    void pressure_whoseLimitWasHit_isToldAloneAndOnceEachLevel() throws Exception {
        member("a");
        member("b");
        host.cgroup("b").file("memory.failcnt", "5");

        host.fire("a", "medium", 7);

        assertTold("b LOW 1", "b MEDIUM 1");
        host.fire("a", "critical", 1);
        assertTold("b LOW 1", "b MEDIUM 1", "b CRITICAL 1");
    }

    @Test
    void pressure_limitWasHitASecondBefore_isNotOfThat() throws Exception {
        member("a");
        member("b");
        host.cgroup("b").file("memory.failcnt", "5");
        host.fire("a", "low", 1);
        assertTold("b LOW 1");

        nanoClock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        host.fire("a", "low", 1);

        assertTold("a LOW 1", "b LOW 1");
    }

    @Test
    void pressure_nobodysLimitWasHit_comesFromAboveAndAllAreTold() throws Exception {
        member("a");
        member("b");

        host.fire("a", "low", 1);

        assertTold("a LOW 1", "b LOW 1");
    }

    @Test
    void removed_afterItHasLeft_nobodyIsTold() throws Exception {
        member("a");
        MemoryNotifications leaving = member("b");
        leaving.close();
        leaving.close();

        for (String arguments : new String[] {OOM, "low", "medium", "critical"}) {
            host.fire("b", arguments, 1);
        }
        host.fire("a", "low", 2);

        assertTold("a LOW 1");
        assertThat(told).isEmpty();
    }

    @Test
    void oom_whileADepartureIsExpected_ofWhoHitItsLimitIsNotTakenForThat() throws Exception {
        member("a");
        member("c");
        member("b").close();
        host.cgroup("a").file("memory.failcnt", "1");

        host.fire("a", OOM, 1);

        assertTold("a OOM 1");
        host.fire("b", OOM, 1); // it goes at last: taken for another kill, which a look tells
        assertTold("a OOM 1", "c OOM 1");
    }

    @Test
    void removed_byAnother_leavesByItself() throws Exception {
        member("a");
        MemoryNotifications gone = member("b");
        host.remove("b");

        host.fire("a", "low", 1);
        host.fire("a", "low", 1);

        assertTold("a LOW 1");
        gone.close();
        assertThat(told).isEmpty();
    }

    @Test
    void oom_limitHitsCannotBeRead_allLookAllTheSame() throws Exception {
        member("a");
        host.cgroup("a").file("memory.failcnt", "many");

        host.fire("a", OOM, 1);

        assertTold("a OOM 1");
    }

    @Test
    void close_last_closesTheEventFdsAndTheNextBeginsAnew() throws Exception {
        MemoryNotifications a = member("a");
        MemoryNotifications b = member("b");
        a.close();
        assertThat(host.eventFds()).isEqualTo(4);

        b.close();
        while (host.eventFds() > 0) {
            Thread.onSpinWait();
        }

        member("c");
        host.fire("c", OOM, 1);
        assertTold("c OOM 1");
    }

    @ParameterizedTest
    @CsvSource({"EMFILE, eventFd", "EINVAL, write"})
    void listen_refused_toldAndNotListenedTo(String name, String call) throws Exception {
        MemoryNotifications member = shared.join(host.directory("a"));
        if (call.equals("write")) {
            host.kernel().calls().failNext("write", "cgroup.event_control", Errno.EINVAL);
        } else {
            host.events().fail("eventFd", Errno.EMFILE);
        }

        assertThatThrownBy(() -> member.listen(MemoryNotice.LOW, times -> told.add("low")))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining(name);

        host.events().repair("eventFd");
        member.listen(MemoryNotice.OOM, times -> told.add("oom"));
        host.fire("a", OOM, 1);
        assertTold("oom");
    }

    @Test
    void join_cgroupGone_told() throws Exception {
        CgroupDir dir = host.directory("a");
        host.remove("a");

        assertThatThrownBy(() -> shared.join(dir)).isInstanceOf(ErrnoException.class);
        assertThat(host.eventFds()).isZero();
    }

    @Test
    void threshold_crossed_whoIsOnTheOtherSideTells() throws Exception {
        MemoryNotifications a = shared.join(host.directory("a"));
        MemoryNotifications b = shared.join(host.directory("b"));
        a.arm(threshold("a", 100));
        a.arm(threshold("a", 200));
        b.arm(threshold("b", 50));
        assertThat(host.eventFds()).isEqualTo(2);
        assertThat(host.connections("a", "100")).isEqualTo(host.connections("b", "50"));
        uses("b", 60);

        host.fire("a", "100", 1);

        ThresholdCrossed event = crossed.take();
        assertThat(event.id()).isEqualTo(ContainerId.of("b"));
        assertThat(event.crossing()).contains(Crossing.RISEN);
        assertThat(event.crossings()).isEqualTo(1);
        assertThat(crossed).isEmpty();
    }

    @Test
    void threshold_armedAnew_hasAnEventFdOfItsOwn() throws Exception {
        MemoryNotifications a = shared.join(host.directory("a"));
        shared.join(host.directory("b")).arm(threshold("b", 50));
        a.arm(threshold("a", 100)).cancel();

        MemoryNotifications.Ending again = a.arm(threshold("a", 300));

        assertThat(host.eventFds()).isEqualTo(2);
        uses("a", 300);
        host.fire("a", "100", 1); // it is connected still, and nobody's
        host.fire("a", "300", 1);
        assertThat(crossed.take().thresholdBytes()).isEqualTo(300);
        assertThat(crossed).isEmpty();
        again.cancel();
        while (host.eventFds() > 1) {
            Thread.onSpinWait();
        }
    }

    @Test
    void threshold_left_isNotLookedAtAnyMore() throws Exception {
        MemoryNotifications a = shared.join(host.directory("a"));
        MemoryNotifications b = shared.join(host.directory("b"));
        a.arm(threshold("a", 100));
        b.arm(threshold("b", 100));
        uses("a", 200);
        uses("b", 200);
        a.close();

        host.fire("b", "100", 1);

        assertThat(crossed.take().id()).isEqualTo(ContainerId.of("b"));
        assertThat(crossed).isEmpty();
    }
}
