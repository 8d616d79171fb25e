package org.corral.containerizer.count;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.OomCause;
import org.corral.core.event.PressureLevel;

/** Counts what the kernel did to containers, before any queue in which an event may be lost. Thread-safe. */
public final class EventCounts implements Consumer<ContainerEvent> {

    private final EnumCounts<OomCause> oomKills = new EnumCounts<>(OomCause.class);
    private final EnumCounts<PressureLevel> pressures = new EnumCounts<>(PressureLevel.class);

    /** How many processes were killed of each container until now, for events tell no less. */
    private final Map<ContainerId, Long> killed = new ConcurrentHashMap<>();

    @Override
    public void accept(ContainerEvent event) {
        if (event instanceof ContainerEvent.OomKilled kill) {
            killed.compute(kill.id(), (id, before) -> count(kill, before == null ? 0 : before));
        } else if (event instanceof ContainerEvent.MemoryPressure pressure) {
            pressures.add(pressure.level(), 1);
        } else if (event instanceof ContainerEvent.Ended ended) {
            killed.remove(ended.id());
        }
    }

    private long count(ContainerEvent.OomKilled kill, long before) {
        oomKills.add(kill.cause(), Math.max(0, kill.killed() - before));
        return Math.max(before, kill.killed());
    }

    /** {@return how many processes the kernel killed for that cause} */
    public long oomKills(OomCause cause) {
        return oomKills.of(cause);
    }

    /** {@return how often pressure of that level was told, which is at most once a second and container} */
    public long pressures(PressureLevel level) {
        return pressures.of(level);
    }
}
