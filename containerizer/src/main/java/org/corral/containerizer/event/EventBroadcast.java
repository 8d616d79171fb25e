package org.corral.containerizer.event;

import java.nio.file.Path;
import org.corral.core.event.ContainerEvents;
import org.corral.linux.Linux;

/** An agent's telling other processes what happens to its containers. */
public final class EventBroadcast implements AutoCloseable {

    private final EventFifos fifos;
    private final ContainerEvents.Subscription subscription;

    /** Begins; {@code directory} is where listeners have their FIFOs, and may be missing. */
    public EventBroadcast(Linux linux, Path directory, ContainerEvents events) {
        fifos = new EventFifos(linux, directory);
        subscription = events.subscribe(fifos);
    }

    /** Ends, once all that happened before has been passed on. */
    @Override
    public void close() {
        subscription.close();
        fifos.close();
    }
}
