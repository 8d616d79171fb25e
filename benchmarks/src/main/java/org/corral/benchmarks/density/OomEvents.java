package org.corral.benchmarks.density;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.ContainerListener;

/** Notes when it was told of containers that are expected to run out of memory. Thread-safe. */
final class OomEvents implements ContainerListener {

    private final Map<ContainerId, Expected> expected = new ConcurrentHashMap<>();
    private final AtomicLong missed = new AtomicLong();

    /**
     * The moments to come, by {@link System#nanoTime}.
     *
     * @param killed when it was told that the kernel has killed
     * @param gone when it was told that nothing is left of the container
     */
    record Expected(CompletableFuture<Long> killed, CompletableFuture<Long> gone) {}

    /** {@return what will be told of a container} */
    Expected expect(ContainerId id) {
        Expected moments = new Expected(new CompletableFuture<>(), new CompletableFuture<>());
        expected.put(id, moments);
        return moments;
    }

    @Override
    public void happened(ContainerEvent event) {
        long now = System.nanoTime();
        Expected moments = expected.get(event.id());
        if (moments != null && event instanceof ContainerEvent.OomKilled) {
            moments.killed.complete(now);
        } else if (moments != null && event instanceof ContainerEvent.Ended) {
            moments.gone.complete(now);
        }
    }

    @Override
    public void missed(long count) {
        missed.addAndGet(count);
    }

    /** {@return how many events were lost} */
    long missed() {
        return missed.get();
    }
}
