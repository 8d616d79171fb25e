package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.corral.cgroup.controller.MemoryController;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.Crossing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that a container's use of memory has crossed a threshold. The kernel tells of both directions alike, so which one it
 * was is known only if the use is on the other side by now. Thread-safe.
 */
final class Threshold {

    private static final Logger LOG = LoggerFactory.getLogger(Threshold.class);

    private final ContainerId id;
    private final long bytes;
    private final MemoryController memory;
    private final Consumer<? super ContainerEvent> events;
    private final Sparing sparing = new Sparing(Duration.ofSeconds(1), System::nanoTime);
    private boolean above;
    private long crossings;

    /** Begins below it. */
    Threshold(ContainerId id, long bytes, MemoryController memory, Consumer<? super ContainerEvent> events) {
        this.id = id;
        this.bytes = bytes;
        this.memory = memory;
        this.events = events;
    }

    /** Tells if it was crossed before anybody listened. */
    synchronized void begin() {
        OptionalLong used = used();
        if (used.isPresent() && used.getAsLong() >= bytes && !above) {
            tell(used.getAsLong());
        }
    }

    /** {@return what is not to be crossed} */
    long bytes() {
        return bytes;
    }

    /** The kernel notified of a crossing here or elsewhere: tells if the use is on the other side by now. */
    synchronized void look() {
        OptionalLong used = used();
        if (used.isPresent() && used.getAsLong() >= bytes != above && sparing.mayNow()) {
            crossings++;
            tell(used.getAsLong());
        }
    }

    /** The kernel notified that often since the last time. */
    synchronized void crossed(long times) {
        crossings += times;
        OptionalLong used = used();
        if (used.isPresent() && sparing.mayNow()) {
            tell(used.getAsLong());
        }
    }

    private void tell(long used) {
        boolean now = used >= bytes;
        Optional<Crossing> crossing =
                now == above ? Optional.empty() : Optional.of(now ? Crossing.RISEN : Crossing.FALLEN);
        above = now;
        events.accept(new ContainerEvent.ThresholdCrossed(id, Instant.now(), bytes, used, crossing, crossings));
    }

    /** A cgroup that is removed also notifies: then there is nothing to read. */
    private OptionalLong used() {
        try {
            return memory.used();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("what container {} uses cannot be told", id, e);
            return OptionalLong.empty();
        }
    }
}
