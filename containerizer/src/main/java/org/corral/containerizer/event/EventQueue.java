package org.corral.containerizer.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.ContainerListener;
import org.corral.linux.DaemonThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one listener is still to be told, and the thread that tells it, which is made with the first event. Bounded: what
 * does not fit is counted, and the count told in its place. Thread-safe.
 */
final class EventQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final ContainerListener listener;
    private final int capacity;
    private final LongAdder missedByAll;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private final Thread teller = new DaemonThread(this::tellAll, "corral-events").thread();
    private long missed;
    private boolean closed;

    /** Has nothing to tell; {@code missedByAll} counts what is lost here too. */
    EventQueue(ContainerListener listener, int capacity, LongAdder missedByAll) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " would lose every event: give 1 or more");
        }
        this.listener = listener;
        this.capacity = capacity;
        this.missedByAll = missedByAll;
    }

    /** Never waits. */
    synchronized void offer(ContainerEvent event) {
        if (closed) {
            return;
        }
        if (waiting.size() == capacity) {
            missed++;
            missedByAll.increment();
            return;
        }
        waiting.add(new Entry(missed, event));
        missed = 0;
        if (teller.getState() == Thread.State.NEW) {
            teller.start();
        }
        notifyAll();
    }

    synchronized int size() {
        return waiting.size();
    }

    private void tellAll() {
        for (Entry entry = next(); entry != null; entry = next()) {
            try {
                tell(entry);
            } catch (RuntimeException e) {
                LOG.error("a listener failed at {}; it is told the next event", entry, e);
            }
        }
    }

    private void tell(Entry entry) {
        if (entry.missedBefore > 0) {
            listener.missed(entry.missedBefore);
        }
        if (entry.event != null) {
            listener.happened(entry.event);
        }
    }

    /** {@return what to tell next, null at the end} A gap is told as soon as all before it has been, event or not. */
    private synchronized @Nullable Entry next() {
        try {
            while (waiting.isEmpty() && missed == 0 && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            closed = true; // nobody but a listener can do this
        }
        if (waiting.isEmpty() && missed > 0) {
            Entry gap = new Entry(missed, null);
            missed = 0;
            return gap;
        }
        return waiting.poll();
    }

    /** Takes no more events, and waits until those before are told: but not for ever. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (Thread.currentThread() == teller) {
            return;
        }
        try {
            teller.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One thing to tell: how many events are missing before it, and the event unless there is none yet. */
    private record Entry(long missedBefore, @Nullable ContainerEvent event) {}
}
