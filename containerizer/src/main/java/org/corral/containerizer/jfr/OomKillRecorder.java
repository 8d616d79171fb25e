package org.corral.containerizer.jfr;

import java.util.function.Consumer;
import org.corral.core.event.ContainerEvent;

/** Tells the flight recorder of OOM kills. Thread-safe. */
public final class OomKillRecorder implements Consumer<ContainerEvent> {

    @Override
    public void accept(ContainerEvent event) {
        if (event instanceof ContainerEvent.OomKilled kill) {
            record(kill);
        }
    }

    private static void record(ContainerEvent.OomKilled kill) {
        OomKillEvent event = new OomKillEvent();
        if (event.shouldCommit()) {
            event.of(kill).commit();
        }
    }
}
