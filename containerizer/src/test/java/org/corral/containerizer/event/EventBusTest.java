package org.corral.containerizer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.ContainerEvents;
import org.corral.core.event.ContainerListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventBusTest {

    private final EventBus bus = new EventBus();

    @AfterEach
    void close() {
        bus.close();
    }

    private static ContainerEvent event(int number) {
        return new ContainerEvent.StateChanged(ContainerId.of("c" + number), Instant.EPOCH, ContainerState.RUNNING);
    }

    @Test
    void accept_allListeners_areToldInOrder() {
        List<ContainerEvent> one = new CopyOnWriteArrayList<>();
        List<ContainerEvent> other = new CopyOnWriteArrayList<>();
        bus.subscribe(one::add);
        bus.subscribe(other::add);

        bus.accept(event(1));
        bus.accept(event(2));
        bus.close();

        assertThat(one).containsExactly(event(1), event(2)).isEqualTo(other);
    }

    @Test
    void close_listenerIsBehind_isToldTheRestFirst() throws Exception {
        BlockingListener listener = new BlockingListener();
        ContainerEvents.Subscription subscription = bus.subscribe(listener);
        bus.accept(event(1));
        bus.accept(event(2));

        listener.goOn.countDown();
        subscription.close();
        subscription.close();
        bus.accept(event(3));

        assertThat(listener.told).containsExactly("c1", "c2");
    }

    @Test
    void accept_queueIsFull_countsWhatIsLostWhereItIsMissing() throws Exception {
        BlockingListener listener = new BlockingListener();
        bus.subscribe(listener, 2);
        bus.accept(event(1));
        listener.begun.await();
        for (int number = 2; number <= 6; number++) {
            bus.accept(event(number));
        }

        listener.goOn.countDown();

        assertThat(listener.told.take()).isEqualTo("c1");
        assertThat(listener.told.take()).isEqualTo("c2");
        assertThat(listener.told.take()).isEqualTo("c3");
        assertThat(listener.told.take()).isEqualTo("missed 3");
        bus.accept(event(7));
        assertThat(listener.told.take()).isEqualTo("c7");
    }

    @Test
    void waitingAndMissed_slowListeners_countThoseOfAll() throws Exception {
        BlockingListener slow = new BlockingListener();
        BlockingListener slower = new BlockingListener();
        bus.subscribe(slow, 2);
        ContainerEvents.Subscription subscription = bus.subscribe(slower, 1);
        bus.accept(event(1));
        slow.begun.await();
        slower.begun.await();
        assertThat(bus.waiting()).isZero();

        for (int number = 2; number <= 4; number++) {
            bus.accept(event(number));
        }
        assertThat(bus.waiting()).isEqualTo(3);
        assertThat(bus.missed()).isEqualTo(3);

        slow.goOn.countDown();
        slower.goOn.countDown();
        subscription.close();
        assertThat(bus.missed()).isEqualTo(3);
    }

    @Test
    void accept_listenerFails_isToldTheNext() throws Exception {
        BlockingQueue<ContainerEvent> told = new LinkedBlockingQueue<>();
        bus.subscribe(event -> {
            told.add(event);
            throw new IllegalStateException("on purpose");
        });

        bus.accept(event(1));
        bus.accept(event(2));

        assertThat(told.take()).isEqualTo(event(1));
        assertThat(told.take()).isEqualTo(event(2));
    }

    @Test
    void close_byTheListenerItself_ends() throws Exception {
        BlockingQueue<ContainerEvent> told = new LinkedBlockingQueue<>();
        ContainerEvents.Subscription[] own = new ContainerEvents.Subscription[1];
        own[0] = bus.subscribe(event -> {
            own[0].close();
            told.add(event);
        });

        bus.accept(event(1));

        assertThat(told.take()).isEqualTo(event(1));
    }

    @Test
    void subscribe_noRoomAtAll_isRefused() {
        assertThatThrownBy(() -> bus.subscribe(event -> {}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("capacity 0");
    }

    /** Takes its time with the first event. */
    private static final class BlockingListener implements ContainerListener {

        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void happened(ContainerEvent event) {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            told.add(event.id().value());
        }

        @Override
        public void missed(long count) {
            told.add("missed " + count);
        }
    }
}
