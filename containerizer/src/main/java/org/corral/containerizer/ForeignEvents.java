package org.corral.containerizer;

import java.io.IOException;
import java.util.Optional;
import org.corral.containerizer.event.EventFifo;
import org.corral.containerizer.state.StateStore;
import org.corral.linux.Linux;

/**
 * What happens to the containers of other agents, as these tell it. {@link #close} may be called from another thread and
 * ends a call of {@link #next}; the rest is confined to one.
 */
public final class ForeignEvents implements AutoCloseable {

    private final StateStore store;
    private final EventFifo fifo;

    private ForeignEvents(StateStore store, EventFifo fifo) {
        this.store = store;
        this.fifo = fifo;
    }

    static ForeignEvents of(Linux linux, StateStore store) throws IOException {
        return new ForeignEvents(store, EventFifo.create(linux, store.makeListenersDirectory()));
    }

    /**
     * Waits for the next event.
     *
     * @return it as a line of JSON, which {@code docs/events.md} describes; empty once this is closed
     */
    public Optional<String> next() throws IOException {
        return fifo.next();
    }

    /** Ends the listening. A second call does nothing. */
    @Override
    public void close() throws IOException {
        fifo.close();
        store.removeListenersDirectory();
    }
}
