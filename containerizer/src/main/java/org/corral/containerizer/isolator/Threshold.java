package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final ContainerId id;
    private final long bytes;
    private final MemoryController memory;
    private final Consumer<? super ContainerEvent> events;
    private final Sparing sparing;
    private volatile boolean ended;
    private boolean above;
    private boolean lookIsDue;
    private long crossings;

    /** Begins below it; counts the time between crossings by a clock that {@link System#nanoTime} is an example of. */
    Threshold(
            ContainerId id,
            long bytes,
            MemoryController memory,
            Consumer<? super ContainerEvent> events,
            LongSupplier nanoClock) {
        this.id = id;
        this.bytes = bytes;
        this.memory = memory;
        this.events = events;
        this.sparing = new Sparing(BETWEEN, nanoClock);
    }

    /** Tells if it was crossed before anybody listened. */
    synchronized void begin() {
        OptionalLong used = used();
        if (!above && isCrossed(used)) {
            tell(used.getAsLong());
        }
    }

    /** Tells no more, even of what it has been told of already. It waits for nobody who is being told. */
    void end() {
        ended = true;
    }

    /** {@return what is not to be crossed} */
    long bytes() {
        return bytes;
    }

    /** The kernel notified of a crossing here or elsewhere: tells if the use is on the other side by now. */
    synchronized void look() {
        OptionalLong used = used();
        if (isCrossed(used)) {
            crossings += lookIsDue ? 0 : 1;
            tellSparingly(used.getAsLong());
        }
    }

    /** The kernel notified that often since the last time. */
    synchronized void crossed(long times) {
        crossings += times;
        used().ifPresent(this::tellSparingly);
    }

    private boolean isCrossed(OptionalLong used) {
        return used.isPresent() && used.getAsLong() >= bytes != above;
    }

    private void tellSparingly(long used) {
        if (sparing.mayNow()) {
            tell(used);
        } else if (!lookIsDue) {
            lookIsDue = true;
            LookoutThread.after(BETWEEN.toNanos(), TimeUnit.NANOSECONDS, this::lookLater);
        }
    }

    /** Else nobody would know on which side the use stays. */
    private synchronized void lookLater() {
        lookIsDue = false;
        OptionalLong used = used();
        if (isCrossed(used)) {
            tellSparingly(used.getAsLong());
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
            return ended ? OptionalLong.empty() : memory.used();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("what container {} uses cannot be told", id, e);
            return OptionalLong.empty();
        }
    }
}
