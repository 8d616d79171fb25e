package org.corral.containerizer.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.corral.containerizer.Corral;
import org.corral.containerizer.Vitals;
import org.corral.core.ContainerState;
import org.corral.core.TerminationReason;
import org.corral.core.event.OomCause;
import org.corral.core.event.PressureLevel;

/**
 * The meters of an agent; {@code docs/monitoring.md} lists them. They read what the agent counts anyway, when the registry
 * asks: containers pay nothing for them, and no tag names one. What the kernel does is counted where it is noticed, before
 * any queue.
 *
 * <pre>{@code
 * new CorralMetrics(corral).bindTo(registry);
 * }</pre>
 *
 * <p>Needs {@code io.micrometer:micrometer-core} on the class path, which Corral does not bring along. Meters go on as long
 * as the {@link Corral} is reachable, and stand still once it is closed. Thread-safe.
 */
public final class CorralMetrics implements MeterBinder {

    private static final List<ContainerState> LAUNCH_STAGES = List.of(
            ContainerState.STARTING, ContainerState.PREPARING, ContainerState.ISOLATING, ContainerState.RUNNING);

    private final Vitals vitals;
    private final Iterable<Tag> tags;

    /** Makes the meters of the only agent in this process. */
    public CorralMetrics(Corral corral) {
        this(corral, Tags.empty());
    }

    /**
     * Makes the meters of one agent among several in this process.
     *
     * @param tags of each of them, as {@code root=/corral}; not of the process's open files
     */
    public CorralMetrics(Corral corral, Iterable<Tag> tags) {
        this.vitals = corral.vitals();
        this.tags = tags;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindLaunches(registry);
        bindEnds(registry);
        bindMemory(registry);
        bindEvents(registry);
        bindPoller(registry);
        bindDescriptors(registry);
        bindOpenFiles(registry);
    }

    private void bindLaunches(MeterRegistry registry) {
        Gauge.builder("corral.containers", vitals, Vitals::containers)
                .description("Containers there are, in all stages")
                .baseUnit("containers")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("corral.containers.launches", vitals, agent -> agent.lives()
                        .launches())
                .description("Launches after which the command ran")
                .baseUnit("launches")
                .tags(tags)
                .register(registry);
        for (ContainerState stage : LAUNCH_STAGES) {
            FunctionCounter.builder("corral.containers.launch.failures", vitals, agent -> agent.lives()
                            .launchFailures(stage))
                    .description(
                            "Launches that failed, by the stage they had reached; running: the command could not be executed")
                    .baseUnit("failures")
                    .tags(Tags.concat(tags, "stage", value(stage)))
                    .register(registry);
        }
    }

    private void bindEnds(MeterRegistry registry) {
        for (TerminationReason reason : TerminationReason.values()) {
            FunctionCounter.builder("corral.containers.ends", vitals, agent -> agent.lives()
                            .ends(reason))
                    .description("Containers that ran and are gone, by the reason of their end")
                    .baseUnit("ends")
                    .tags(Tags.concat(tags, "reason", value(reason)))
                    .register(registry);
        }
        FunctionCounter.builder("corral.containers.end.failures", vitals, agent -> agent.lives()
                        .endFailures())
                .description("Attempts to end a container that failed and left something of it")
                .baseUnit("failures")
                .tags(tags)
                .register(registry);
    }

    private void bindMemory(MeterRegistry registry) {
        for (OomCause cause : OomCause.values()) {
            FunctionCounter.builder("corral.containers.oom.killed", vitals, agent -> agent.happened()
                            .oomKills(cause))
                    .description("Processes that the kernel killed because memory ran out, by whose memory it was")
                    .baseUnit("processes")
                    .tags(Tags.concat(tags, "cause", value(cause)))
                    .register(registry);
        }
        for (PressureLevel level : PressureLevel.values()) {
            FunctionCounter.builder("corral.containers.memory.pressure", vitals, agent -> agent.happened()
                            .pressures(level))
                    .description("Memory pressure that was told, each level at most once a second and container")
                    .baseUnit(BaseUnits.EVENTS)
                    .tags(Tags.concat(tags, "level", value(level)))
                    .register(registry);
        }
    }

    private void bindEvents(MeterRegistry registry) {
        Gauge.builder("corral.events.waiting", vitals, Vitals::eventsWaiting)
                .description("Events that wait for listeners, those of all listeners together")
                .baseUnit(BaseUnits.EVENTS)
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("corral.events.dropped", vitals, Vitals::eventsMissed)
                .description("Events that did not reach a listener because it was slow")
                .baseUnit(BaseUnits.EVENTS)
                .tags(tags)
                .register(registry);
    }

    private void bindPoller(MeterRegistry registry) {
        Gauge.builder("corral.poller.descriptors", vitals, Vitals::watchedDescriptors)
                .description("Descriptors that the poller watches")
                .baseUnit("descriptors")
                .tags(tags)
                .register(registry);
        FunctionTimer.builder(
                        "corral.poller.latency",
                        vitals,
                        agent -> agent.pollerLoad().rounds(),
                        agent -> agent.pollerLoad().total().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description(
                        "Time in which the poller handles all that is ready; what becomes ready meanwhile waits as long")
                .tags(tags)
                .register(registry);
        TimeGauge.builder("corral.poller.latency.max", vitals, TimeUnit.NANOSECONDS, agent -> agent.pollerLoad()
                        .longest()
                        .toNanos())
                .description("The longest of these times in the last one to two minutes")
                .tags(tags)
                .register(registry);
    }

    private void bindDescriptors(MeterRegistry registry) {
        Gauge.builder("corral.descriptors.kept", vitals, agent -> agent.descriptors()
                        .kept())
                .description("What stays open between two uses because that is faster")
                .baseUnit("descriptors")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("corral.descriptors.given.up", vitals, agent -> agent.descriptors()
                        .givenUp())
                .description("What was kept open and closed for something that was needed more")
                .baseUnit("descriptors")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("corral.descriptors.refused", vitals, agent -> agent.descriptors()
                        .refused())
                .description("What was opened for one use alone because descriptors were short")
                .baseUnit("descriptors")
                .tags(tags)
                .register(registry);
    }

    /** Micrometer's own, which most agents have bound by themselves. */
    private static void bindOpenFiles(MeterRegistry registry) {
        if (registry.find("process.files.open").meter() == null) {
            new FileDescriptorMetrics().bindTo(registry);
        }
    }

    private static String value(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
