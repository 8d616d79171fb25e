package org.corral.containerizer.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.ContainerEvents;
import org.corral.core.event.ContainerListener;

/** Passes events on to all listeners without waiting for any of them. Thread-safe. */
public final class EventBus implements ContainerEvents, Consumer<ContainerEvent>, AutoCloseable {

    private final List<EventQueue> queues = new CopyOnWriteArrayList<>();
    private final LongAdder missed = new LongAdder();

    /** Tells all listeners; those that are behind are told later. */
    @Override
    public void accept(ContainerEvent event) {
        for (EventQueue queue : queues) {
            queue.offer(event);
        }
    }

    @Override
    public Subscription subscribe(ContainerListener listener, int capacity) {
        EventQueue queue = new EventQueue(listener, capacity, missed);
        queues.add(queue);
        return () -> {
            queues.remove(queue);
            queue.close();
        };
    }

    /** {@return how many events wait to be told, those of all listeners together} */
    public int waiting() {
        return queues.stream().mapToInt(EventQueue::size).sum();
    }

    /** {@return how many events were lost until now because a listener was slow, those of all listeners together} */
    public long missed() {
        return missed.sum();
    }

    /** Ends all subscriptions, each as {@link Subscription#close} does. */
    @Override
    public void close() {
        queues.forEach(EventQueue::close);
        queues.clear();
    }
}
