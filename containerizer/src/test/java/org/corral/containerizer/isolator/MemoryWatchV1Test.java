package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.Limitation;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryWatchV1Test {

    private static final Limitation LIMITATION =
            new Limitation("mem", OptionalLong.of(1), OptionalLong.of(2), "reached");

    private static final MemoryTeller NOBODY = new MemoryTeller(
            OneController.ID, MemoryController.of(FakeControlFiles.of(CgroupVersion.V1)), event -> {}, () -> 0);

    private final CapturedNotifications notifications = new CapturedNotifications();

    private MemoryWatchV1 watch(OomLookout.Look look) throws Exception {
        MemoryWatchV1 watch = new MemoryWatchV1(notifications, new PressureLevelsV1((level, counts) -> {}), look);
        watch.listen();
        return watch;
    }

    @Test
    void listen_killedBefore_tellsAtOnce() throws Exception {
        try (MemoryWatchV1 watch = watch(() -> Optional.of(LIMITATION))) {
            assertThat(watch.limited()).isCompletedWithValue(LIMITATION);
        }
    }

    @Test
    void listen_killCounted_tellsTheLimitation() throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        try (MemoryWatchV1 watch = watch(() -> killed.get() ? Optional.of(LIMITATION) : Optional.empty())) {
            assertThat(watch.limited()).isNotDone();
            killed.set(true);

            notifications.fire(MemoryNotice.OOM, 1);

            assertThat(watch.limited().get()).isEqualTo(LIMITATION);
        }
    }

    @Test
    void listen_killCountedLater_isStillTold() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        try (MemoryWatchV1 watch =
                watch(() -> looks.incrementAndGet() < 4 ? Optional.empty() : Optional.of(LIMITATION))) {
            assertThat(looks).hasValue(1);

            notifications.fire(MemoryNotice.OOM, 1);

            assertThat(watch.limited().get()).isEqualTo(LIMITATION);
            assertThat(looks).hasValue(4);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .as("one thread looks for all")
                    .containsOnlyOnce("corral-oom-lookout");
        }
    }

    @Test
    void listen_firstEventWasAnotherCgroups_waitsForTheNext() throws Exception {
        int looksOfOneEvent = 34;
        CountDownLatch givenUp = new CountDownLatch(1 + looksOfOneEvent);
        AtomicInteger looks = new AtomicInteger();
        try (MemoryWatchV1 watch = watch(() -> {
            givenUp.countDown();
            return looks.incrementAndGet() > 1 + looksOfOneEvent ? Optional.of(LIMITATION) : Optional.empty();
        })) {
            notifications.fire(MemoryNotice.OOM, 1);
            givenUp.await();

            notifications.fire(MemoryNotice.OOM, 1);

            assertThat(watch.limited().get()).isEqualTo(LIMITATION);
        }
    }

    @Test
    void close_noEvent_neverTells() throws Exception {
        MemoryWatchV1 watch = watch(Optional::empty);

        watch.close();
        watch.close();

        assertThat(watch.limited()).isNotDone();
        assertThat(notifications.closings()).isPositive();
    }

    @Test
    void start_noNotificationOfOom_failsAndEndsTheOthers() {
        notifications.without(MemoryNotice.OOM);

        assertThatThrownBy(() -> MemoryWatchV1.start(notifications, NOBODY)).isInstanceOf(ErrnoException.class);
        assertThat(notifications.closings()).isEqualTo(1);
    }
}
