package org.corral.containerizer.lifecycle;

import org.corral.containerizer.count.LifeCounts;
import org.corral.containerizer.jfr.LaunchEvent;
import org.corral.core.ContainerState;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;

/** How one launch goes, for the counts and the flight recorder. Confined to one thread. */
final class LaunchRecord {

    private final LifeCounts counts;
    private final Container container;
    private final LaunchRequest request;
    private final LaunchEvent event = new LaunchEvent();

    private LaunchRecord(LifeCounts counts, Container container, LaunchRequest request) {
        this.counts = counts;
        this.container = container;
        this.request = request;
    }

    static LaunchRecord begin(LifeCounts counts, Container container, LaunchRequest request) {
        LaunchRecord record = new LaunchRecord(counts, container, request);
        record.event.begin();
        return record;
    }

    void succeeded() {
        counts.launched();
        event.end();
        if (event.shouldCommit()) {
            event.of(container.id(), request.command(), container::spentIn).commit();
        }
    }

    /** What was made for it is removed, or could not be. */
    void failed(LaunchException cause) {
        ContainerState stage = container.reached();
        counts.launchFailed(stage);
        event.end();
        if (event.shouldCommit()) {
            event.of(container.id(), request.command(), container::spentIn)
                    .failedIn(stage, cause)
                    .commit();
        }
    }
}
