package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.cgroup.PressureThreshold;
import org.corral.cgroup.PressureThreshold.Kind;
import org.corral.cgroup.PressureTrigger;
import org.corral.cgroup.PressureTriggers;
import org.corral.cgroup.TriggerOutcome;
import org.corral.cgroup.controller.Pressure.Stall;
import org.corral.core.event.PressureLevel;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The levels of memory pressure on v2: a trigger tells of the lowest, and the averages at that moment of the others.
 * Thresholds and reasons are decision 9. Costs one descriptor, which is the poller's. Thread-safe.
 */
final class PressureLevels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PressureLevels.class);
    private static final String FILE = "memory.pressure";

    /** 2 s is the window that needs no privilege, so that all agents count alike. */
    private static final PressureThreshold LOW = PressureThreshold.percent(Kind.SOME, 10, Duration.ofSeconds(2));

    private static final double MEDIUM_PERCENT = 10;
    private static final double CRITICAL_PERCENT = 40;

    private final AtomicLong low = new AtomicLong();
    private final AtomicLong medium = new AtomicLong();
    private final AtomicLong critical = new AtomicLong();
    private final PressureListener listener;
    private final Optional<Poller.Watch> watch;

    /** Listens if the kernel can tell: pressure is a hint, and the lack of it keeps no container from running. */
    PressureLevels(PressureTriggers triggers, Poller poller, PressureListener listener) {
        this.listener = listener;
        watch = listen(triggers, poller);
    }

    private Optional<Poller.Watch> listen(PressureTriggers triggers, Poller poller) {
        try {
            TriggerOutcome outcome = triggers.set(FILE, LOW);
            if (outcome instanceof TriggerOutcome.Unsupported unsupported) {
                LOG.debug("no notifications of pressure: {}", unsupported.reason());
                return Optional.empty();
            }
            PressureTrigger trigger = outcome.trigger().orElseThrow();
            return Optional.of(trigger.watch(poller, () -> count(trigger)));
        } catch (ErrnoException e) {
            LOG.debug("no notifications of pressure: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void count(PressureTrigger trigger) {
        PressureLevel level = level(percentOfAll(trigger));
        low.incrementAndGet();
        if (level != PressureLevel.LOW) {
            medium.incrementAndGet();
        }
        if (level == PressureLevel.CRITICAL) {
            critical.incrementAndGet();
        }
        listener.pressed(level, new PressureUsage(count(low), count(medium), count(critical)));
    }

    private static PressureLevel level(double percent) {
        if (percent >= CRITICAL_PERCENT) {
            return PressureLevel.CRITICAL;
        }
        return percent >= MEDIUM_PERCENT ? PressureLevel.MEDIUM : PressureLevel.LOW;
    }

    private static OptionalLong count(AtomicLong count) {
        return OptionalLong.of(count.get());
    }

    private static double percentOfAll(PressureTrigger trigger) {
        try {
            return trigger.pressure().full().map(Stall::avg10).orElse(0.0);
        } catch (IOException e) {
            LOG.debug("how much pressure there is cannot be told", e); // the cgroup goes
            return 0;
        }
    }

    PressureUsage usage() {
        return new PressureUsage(told(low), told(medium), told(critical));
    }

    private OptionalLong told(AtomicLong count) {
        return watch.isPresent() ? count(count) : OptionalLong.empty();
    }

    @Override
    public void close() {
        watch.ifPresent(Poller.Watch::cancel);
    }
}
