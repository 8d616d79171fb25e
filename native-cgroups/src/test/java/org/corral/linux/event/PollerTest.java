package org.corral.linux.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.linux.raw.Constants.EPOLLIN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollerTest {

    private static final String POLLER = "corral-poller";

    private final FaultyLinux kernel = new FaultyLinux();
    private Poller poller;

    @BeforeEach
    void start() throws Exception {
        poller = Poller.start(kernel.linux());
    }

    @AfterEach
    void everyDescriptorIsClosedOnce() {
        poller.close();

        assertThat(kernel.openDescriptors()).isEmpty();
        assertThat(kernel.closedTwice()).isEmpty();
    }

    @Test
    void watch_ready_callsTheHandlerOnThePollersThread() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        CompletableFuture<String> called = new CompletableFuture<>();
        poller.watch(event.fd(), EPOLLIN, (watch, events) -> {
            watch.cancel();
            called.complete(Thread.currentThread().getName() + " " + events);
        });

        event.signal();

        assertThat(called.get()).isEqualTo(POLLER + " " + EPOLLIN);
    }

    @Test
    void watch_countThatCannotBeReadOnce_isToldAllTheSame() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        CompletableFuture<Long> counted = new CompletableFuture<>();
        event.watch(poller, counted::complete);
        kernel.failAfter(0, "read", Errno.EIO);

        event.signal();

        assertThat(counted.get()).isEqualTo(1);
    }

    @Test
    void cancel_wakeUpThatCannotBeReadOnce_pollerGoesOn() throws Exception {
        Poller.Watch watch = EventFd.create(kernel.linux()).watch(poller, count -> {});
        kernel.failAfter(0, "read", Errno.EIO);

        watch.cancel();

        awaitSize(0);
        watch_ready_callsTheHandlerOnThePollersThread();
    }

    @Test
    void load_handlerTakesItsTime_isTheTimeOfTheHandlerAtLeast() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        poller.watch(event.fd(), EPOLLIN, (watch, events) -> {
            long until = System.nanoTime() + Duration.ofMillis(5).toNanos();
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            watch.cancel();
        });

        event.signal();
        awaitSize(0);
        poller.close();

        assertThat(poller.load().rounds()).isPositive();
        assertThat(poller.load().longest()).isGreaterThanOrEqualTo(Duration.ofMillis(5));
        assertThat(poller.load().total()).isGreaterThanOrEqualTo(poller.load().longest());
    }

    @Test
    void watch_staysReady_callsTheHandlerAgain() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        CountDownLatch calls = new CountDownLatch(3);
        poller.watch(event.fd(), EPOLLIN, (watch, events) -> calls.countDown());

        event.signal();

        assertThat(calls.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancel_inHandler_isTheLastCall() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        EventFd event = EventFd.create(kernel.linux());
        Poller.Watch watch = poller.watch(event.fd(), EPOLLIN, (own, events) -> {
            calls.incrementAndGet();
            own.cancel();
            own.cancel();
        });
        event.signal();

        awaitSize(0);
        watch.cancel();

        assertThat(calls).hasValue(1);
        assertThat(event.fd().isOpen()).isFalse();
        assertThat(kernel.closings()).containsExactly(POLLER);
    }

    @Test
    void cancel_fromAnotherThread_closesOnThePollersThread() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        poller.watch(event.fd(), EPOLLIN, (watch, events) -> {}).cancel();

        awaitSize(0);

        assertThat(kernel.closings()).containsExactly(POLLER);
    }

    @Test
    void cancel_whileReady_isNotFollowedByACall() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Poller.Watch watch = poller.watch(event.fd(), EPOLLIN, (own, events) -> {
            calls.incrementAndGet();
            entered.countDown();
            awaitQuietly(cancelled);
        });
        event.signal();
        entered.await();

        watch.cancel();
        cancelled.countDown();
        awaitSize(0);

        assertThat(calls).hasValue(1);
    }

    @Test
    void handler_throwing_isNotCalledAgainAndOthersGoOn() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        EventFd bad = EventFd.create(kernel.linux());
        poller.watch(bad.fd(), EPOLLIN, (watch, events) -> {
            calls.incrementAndGet();
            throw new IllegalStateException("by the test");
        });
        bad.signal();
        awaitSize(0);

        assertThat(calls).hasValue(1);
        watch_ready_callsTheHandlerOnThePollersThread();
    }

    @Test
    void watch_failingEpollCtl_closesTheDescriptor() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        kernel.fail("epollAdd", Errno.ENOSPC);

        assertThatThrownBy(() -> poller.watch(event.fd(), EPOLLIN, (watch, events) -> {}))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("ENOSPC");

        assertThat(event.fd().isOpen()).isFalse();
        assertThat(poller.size()).isZero();
    }

    @Test
    void watch_closedPoller_isRefusedAndClosesTheDescriptor() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        poller.close();

        assertThatThrownBy(() -> poller.watch(event.fd(), EPOLLIN, (watch, events) -> {}))
                .isInstanceOf(IllegalStateException.class);
        assertThat(event.fd().isOpen()).isFalse();
    }

    @Test
    void watch_whileThePollerCloses_leaksNoDescriptor() throws Exception {
        ExecutorService watchers = Executors.newFixedThreadPool(2);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            done.add(watchers.submit(this::watchUntilRefused));
        }

        poller.close();
        for (Future<?> each : done) {
            each.get();
        }
        watchers.shutdown();

        assertThat(kernel.openDescriptors()).isEmpty();
    }

    private void watchUntilRefused() {
        try {
            while (true) {
                if (poller.size() < 4000) { // or a process that may open no more would fail instead
                    poller.watch(EventFd.create(kernel.linux()).fd(), EPOLLIN, (watch, events) -> {});
                }
            }
        } catch (IllegalStateException e) {
            return;
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void close_watching_tellsTheHandlersAndClosesAllOnThePollersThread() throws Exception {
        CompletableFuture<String> abandoned = new CompletableFuture<>();
        poller.watch(EventFd.create(kernel.linux()).fd(), EPOLLIN, new Poller.Handler() {
            @Override
            public void ready(Poller.Watch watch, int events) {
                abandoned.completeExceptionally(new AssertionError("nothing was ready"));
            }

            @Override
            public void abandoned() {
                abandoned.complete(Thread.currentThread().getName());
            }
        });

        poller.close();

        assertThat(abandoned).isCompletedWithValue(POLLER);
        assertThat(kernel.closings()).containsOnly(POLLER).hasSize(3);
    }

    @Test
    void close_inHandler_endsTheThreadAfterwards() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        CountDownLatch returned = new CountDownLatch(1);
        poller.watch(event.fd(), EPOLLIN, (watch, events) -> {
            poller.close();
            returned.countDown();
        });
        event.signal();
        returned.await();

        poller.close();

        assertThat(event.fd().isOpen()).isFalse();
    }

    @Test
    void close_interruptedThread_waitsAndKeepsItsInterrupt() {
        Thread.currentThread().interrupt();

        poller.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void watch_thousand_areAllCalledOnceAndClosed() throws Exception {
        int count = 1000;
        CountDownLatch called = new CountDownLatch(count);
        List<EventFd> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EventFd event = EventFd.create(kernel.linux());
            events.add(event);
            poller.watch(event.fd(), EPOLLIN, (watch, ready) -> {
                watch.cancel();
                called.countDown();
            });
        }
        assertThat(poller.size()).isEqualTo(count);

        for (EventFd event : events) {
            event.signal();
        }
        called.await();
        awaitSize(0);

        assertThat(kernel.closings()).hasSize(count).containsOnly(POLLER);
    }

    @Test
    void failingWait_endsThePollerAndTellsTheHandlers() throws Exception {
        CountDownLatch abandoned = new CountDownLatch(1);
        poller.watch(EventFd.create(kernel.linux()).fd(), EPOLLIN, new Poller.Handler() {
            @Override
            public void ready(Poller.Watch watch, int events) {}

            @Override
            public void abandoned() {
                abandoned.countDown();
            }
        });
        Poller.Watch other = poller.watch(EventFd.create(kernel.linux()).fd(), EPOLLIN, (watch, events) -> {});
        kernel.fail("epollWait", Errno.EBADF);
        other.cancel(); // wakes the thread, which then waits again

        assertThat(abandoned.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void start_failingAtAnyStep_leavesNoDescriptor() {
        for (String call : List.of("epollCreate", "eventFd", "epollAdd")) {
            FaultyLinux faulty = new FaultyLinux().fail(call, Errno.EMFILE);

            assertThatThrownBy(() -> Poller.start(faulty.linux())).hasMessageContaining("EMFILE");
            assertThat(faulty.openDescriptors()).as(call).isEmpty();
        }
    }

    private void awaitSize(int size) {
        while (poller.size() != size) {
            Thread.onSpinWait();
        }
        // What a handler does last may come after the poller forgot the watch: let it finish its round.
        CompletableFuture<Void> round = new CompletableFuture<>();
        try {
            EventFd event = EventFd.create(kernel.linux());
            event.signal();
            poller.watch(event.fd(), EPOLLIN, (watch, events) -> round.complete(null));
            round.join();
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
