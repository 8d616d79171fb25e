package org.corral.containerizer.lifecycle;

import org.corral.containerizer.count.LifeCounts;
import org.corral.containerizer.jfr.EndEvent;
import org.corral.core.ContainerId;
import org.corral.core.Termination;

/** How one attempt to end a container goes, for the counts and the flight recorder. Confined to one thread. */
final class EndRecord {

    private final LifeCounts counts;
    private final EndEvent event = new EndEvent();

    EndRecord(LifeCounts counts) {
        this.counts = counts;
    }

    void begin() {
        event.begin();
    }

    void succeeded(Termination termination) {
        counts.ended(termination.reason());
        event.end();
        if (event.shouldCommit()) {
            event.of(termination).commit();
        }
    }

    void failed(ContainerId id, Exception cause) {
        counts.endFailed();
        event.end();
        if (event.shouldCommit()) {
            event.failed(id, cause).commit();
        }
    }
}
