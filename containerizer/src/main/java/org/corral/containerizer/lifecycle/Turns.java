package org.corral.containerizer.lifecycle;

import java.util.Collection;
import java.util.function.Consumer;

/**
 * Makes the calls to launcher and isolators for one container take turns. Once all are let go of, whoever had the turn
 * at that moment lets go of its container after it, so that none stays held by an agent that wants it no more.
 */
final class Turns {

    private final Consumer<? super Container> letGo;
    private volatile boolean ended;

    /** Makes turns; the action lets go of a container, and may come twice. */
    Turns(Consumer<? super Container> letGo) {
        this.letGo = letGo;
    }

    /** Waits for the container's turn. {@return what ends it} */
    Turn take(Container container) {
        container.turn().lock();
        return () -> giveBack(container);
    }

    /** Whoever did not see the end of all turns here had given the turn back before: then it was free for the others. */
    private void giveBack(Container container) {
        container.turn().unlock();
        if (ended) {
            letGoUnlessBusy(container);
        }
    }

    void letGo(Collection<Container> all) {
        ended = true;
        all.forEach(this::letGoUnlessBusy);
    }

    private void letGoUnlessBusy(Container container) {
        if (container.turn().tryLock()) {
            try {
                letGo.accept(container);
            } finally {
                container.turn().unlock();
            }
        }
    }

    /** A turn with one container. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }
}
