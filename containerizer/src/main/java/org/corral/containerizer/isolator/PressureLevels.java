package org.corral.containerizer.isolator;

import static org.corral.cgroup.PressureThreshold.Kind.FULL;
import static org.corral.cgroup.PressureThreshold.Kind.SOME;
import static org.corral.cgroup.PressureThreshold.percent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.cgroup.PressureThreshold;
import org.corral.cgroup.PressureTriggers;
import org.corral.cgroup.TriggerOutcome;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The levels of memory pressure on v2: a trigger each, whose events are counted. The thresholds are decision 9. Costs
 * three descriptors, which are the poller's. Thread-safe.
 */
final class PressureLevels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PressureLevels.class);
    private static final String FILE = "memory.pressure";

    /** The one that needs no privilege, so that all agents count alike. */
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private static final PressureThreshold LOW = percent(SOME, 10, WINDOW);
    private static final PressureThreshold MEDIUM = percent(FULL, 20, WINDOW);
    private static final PressureThreshold CRITICAL = percent(FULL, 50, WINDOW);

    private final Optional<Level> low;
    private final Optional<Level> medium;
    private final Optional<Level> critical;

    /** Listens to as many levels as the kernel has: pressure is a hint, and none keeps a container from running. */
    PressureLevels(PressureTriggers triggers, Poller poller) {
        low = listen(triggers, LOW, poller);
        medium = listen(triggers, MEDIUM, poller);
        critical = listen(triggers, CRITICAL, poller);
    }

    private static Optional<Level> listen(PressureTriggers triggers, PressureThreshold threshold, Poller poller) {
        try {
            TriggerOutcome outcome = triggers.set(FILE, threshold);
            if (outcome instanceof TriggerOutcome.Unsupported unsupported) {
                LOG.debug("no notifications of pressure '{}': {}", threshold, unsupported.reason());
                return Optional.empty();
            }
            AtomicLong events = new AtomicLong();
            Poller.Watch watch = outcome.trigger().orElseThrow().watch(poller, events::incrementAndGet);
            return Optional.of(new Level(watch, events));
        } catch (ErrnoException e) {
            LOG.debug("no notifications of pressure '{}': {}", threshold, e.getMessage());
            return Optional.empty();
        }
    }

    /** The windows of the triggers begin at different times, so a lower level may not have been told of a higher one yet. */
    PressureUsage usage() {
        OptionalLong atCritical = count(critical);
        OptionalLong atMedium = atLeast(count(medium), atCritical);
        return new PressureUsage(atLeast(count(low), atMedium), atMedium, atCritical);
    }

    private static OptionalLong count(Optional<Level> level) {
        return level.stream().mapToLong(each -> each.events().get()).findFirst();
    }

    private static OptionalLong atLeast(OptionalLong count, OptionalLong least) {
        return count.stream().map(own -> Math.max(own, least.orElse(0))).findFirst();
    }

    @Override
    public void close() {
        List.of(low, medium, critical)
                .forEach(level -> level.ifPresent(each -> each.watch().cancel()));
    }

    /** A trigger that is watched, and how often it told. */
    private record Level(Poller.Watch watch, AtomicLong events) {}
}
