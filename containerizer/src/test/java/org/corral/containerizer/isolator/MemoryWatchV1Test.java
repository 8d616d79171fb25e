package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.core.Limitation;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryWatchV1Test {

    private static final Limitation LIMITATION =
            new Limitation("mem", OptionalLong.of(1), OptionalLong.of(2), "reached");

    private final FaultyLinux kernel = new FaultyLinux();
    private Poller poller;

    @BeforeEach
    void start() throws Exception {
        poller = Poller.start(kernel.linux());
    }

    @AfterEach
    void nothingIsLeftOpen() {
        poller.close();
        assertThat(kernel.openDescriptors()).isEmpty();
        assertThat(kernel.closedTwice()).isEmpty();
    }

    private MemoryWatchV1 watch(OomLookout.Look look) {
        return new MemoryWatchV1(new PressureLevelsV1(poller, (level, counts) -> {}), look);
    }

    @Test
    void listen_killedBefore_tellsAtOnce() throws Exception {
        try (MemoryWatchV1 watch = watch(() -> Optional.of(LIMITATION))) {
            watch.listen(poller, EventFd.create(kernel.linux()));

            assertThat(watch.limited()).isCompletedWithValue(LIMITATION);
        }
    }

    @Test
    void listen_killCounted_tellsTheLimitation() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        AtomicBoolean killed = new AtomicBoolean();
        try (MemoryWatchV1 watch = watch(() -> killed.get() ? Optional.of(LIMITATION) : Optional.empty())) {
            watch.listen(poller, event);
            assertThat(watch.limited()).isNotDone();
            killed.set(true);

            event.signal();

            assertThat(watch.limited().get()).isEqualTo(LIMITATION);
        }
    }

    @Test
    void listen_killCountedLater_isStillTold() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        EventFd event = EventFd.create(kernel.linux());
        try (MemoryWatchV1 watch =
                watch(() -> looks.incrementAndGet() < 4 ? Optional.empty() : Optional.of(LIMITATION))) {
            watch.listen(poller, event);
            assertThat(looks).hasValue(1);

            event.signal();

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
        EventFd event = EventFd.create(kernel.linux());
        try (MemoryWatchV1 watch = watch(() -> {
            givenUp.countDown();
            return looks.incrementAndGet() > 1 + looksOfOneEvent ? Optional.of(LIMITATION) : Optional.empty();
        })) {
            watch.listen(poller, event);
            event.signal();
            givenUp.await();

            event.signal();

            assertThat(watch.limited().get()).isEqualTo(LIMITATION);
        }
    }

    @Test
    void close_noEvent_neverTells() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        MemoryWatchV1 watch = watch(Optional::empty);
        watch.listen(poller, event);

        watch.close();
        watch.close();
        poller.close();

        assertThat(watch.limited()).isNotDone();
    }
}
