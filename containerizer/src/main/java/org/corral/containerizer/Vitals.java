package org.corral.containerizer;

import org.corral.containerizer.count.EventCounts;
import org.corral.containerizer.count.LifeCounts;
import org.corral.containerizer.event.EventBus;
import org.corral.containerizer.lifecycle.CorralContainerizer;
import org.corral.linux.FdBudget;
import org.corral.linux.event.Poller;
import org.corral.linux.event.PollerLoad;

/**
 * How an agent fares: what it counted since it was opened, and what it has on its hands. Nothing waits for whoever reads
 * it, and no count is lost when a listener is slow. Thread-safe.
 */
public final class Vitals {

    private final CorralContainerizer containerizer;
    private final EventCounts happened;
    private final EventBus events;
    private final Poller poller;
    private final FdBudget descriptors;

    Vitals(
            CorralContainerizer containerizer,
            EventCounts happened,
            EventBus events,
            Poller poller,
            FdBudget descriptors) {
        this.containerizer = containerizer;
        this.happened = happened;
        this.events = events;
        this.poller = poller;
        this.descriptors = descriptors;
    }

    /** {@return how many containers there are, in all stages} */
    public int containers() {
        return containerizer.containers().size();
    }

    /** {@return how launches and ends turned out} */
    public LifeCounts lives() {
        return containerizer.counts();
    }

    /** {@return what the kernel did to containers} */
    public EventCounts happened() {
        return happened;
    }

    /** {@return how many events wait for listeners of this agent, those of all together} */
    public int eventsWaiting() {
        return events.waiting();
    }

    /** {@return how many events were lost because a listener was slow, those of all together} */
    public long eventsMissed() {
        return events.missed();
    }

    /** {@return how many descriptors the poller watches} */
    public int watchedDescriptors() {
        return poller.size();
    }

    /** {@return which descriptors stay open although they need not, of all agents that have this budget together} */
    public FdBudget descriptors() {
        return descriptors;
    }

    /** {@return how long the poller is away from its wait} */
    public PollerLoad pollerLoad() {
        return poller.load();
    }
}
