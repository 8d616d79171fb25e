package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.corral.cgroup.controller.MemoryController;
import org.corral.core.ContainerId;
import org.corral.core.Limitation;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.PressureLevel;
import org.corral.core.usage.PressureUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of kills and of pressure in one memory cgroup: each kill once, each level of pressure now and then. Thread-safe. */
final class MemoryTeller {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryTeller.class);
    private static final Duration BETWEEN_PRESSURES = Duration.ofSeconds(1);

    private final ContainerId id;
    private final MemoryController memory;
    private final Consumer<? super ContainerEvent> events;
    private final Map<PressureLevel, Sparing> pressures = new EnumMap<>(PressureLevel.class);
    private long told;

    /** Counts the time between pressures by a clock that {@link System#nanoTime} is an example of. */
    MemoryTeller(
            ContainerId id, MemoryController memory, Consumer<? super ContainerEvent> events, LongSupplier nanoClock) {
        this.id = id;
        this.memory = memory;
        this.events = events;
        for (PressureLevel level : PressureLevel.values()) {
            pressures.put(level, new Sparing(BETWEEN_PRESSURES, nanoClock));
        }
    }

    /** {@return the limit that the kernel has killed for, empty if it has not; a kill that is new is told} */
    Optional<Limitation> look() throws IOException {
        Optional<OomKills> kills = OomKills.find(memory);
        kills.ifPresent(this::tellOnce);
        return kills.flatMap(OomKills::limitation);
    }

    /** The same on a notification. A cgroup that is removed also notifies: then there is nothing to read. */
    Optional<Limitation> lookIfTold() {
        try {
            return look();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("whether container {} hit its memory limit cannot be told", id, e);
            return Optional.empty();
        }
    }

    private synchronized void tellOnce(OomKills kills) {
        if (kills.killed() > told) {
            told = kills.killed();
            events.accept(kills.event(id));
        }
    }

    /** Memory is short, by the counts until now. */
    void pressed(PressureLevel level, PressureUsage counts) {
        Sparing sparing = pressures.get(level);
        if (sparing != null && sparing.mayNow()) {
            events.accept(new ContainerEvent.MemoryPressure(id, Instant.now(), level, counts));
        }
    }
}
