package org.corral.containerizer.lifecycle;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.corral.core.ContainerId;
import org.corral.core.Termination;
import org.corral.core.UnknownContainerException;

/**
 * The containers that a containerizer has, and how the last of those ended that it has no more. Thread-safe.
 *
 * @param <C> what the containerizer knows of a container
 */
public final class Roster<C> {

    private final ConcurrentMap<ContainerId, C> present = new ConcurrentHashMap<>();
    private final RecentEnds ends = new RecentEnds();
    private final Function<C, CompletableFuture<Optional<Termination>>> termination;

    /**
     * Has none.
     *
     * @param termination gives what completes with a container's end
     */
    public Roster(Function<C, CompletableFuture<Optional<Termination>>> termination) {
        this.termination = termination;
    }

    /** {@return whether the container is there now; false if there is one of that id} */
    public boolean enter(ContainerId id, C container) {
        return present.putIfAbsent(id, container) == null;
    }

    /** Forgets how an earlier container of that id ended. To be called once a launch is sure to make another. */
    public void forgetEnd(ContainerId id) {
        ends.forget(id);
    }

    /** Takes a container out that was never launched; that of others with its id stays. */
    public void withdraw(ContainerId id, C container) {
        present.remove(id, container);
    }

    /** Takes a container out. Its end is added first, so that whoever no longer finds the container finds its end. */
    public void leave(ContainerId id, C container, Optional<Termination> end) {
        end.ifPresent(ends::add);
        present.remove(id, container);
    }

    /** {@return whether this very container is there still} */
    public boolean has(ContainerId id, C container) {
        return present.get(id) == container;
    }

    /** {@return the container, empty if there is none} */
    public Optional<C> find(ContainerId id) {
        return Optional.ofNullable(present.get(id));
    }

    /** {@return the container} */
    public C get(ContainerId id) throws UnknownContainerException {
        C container = present.get(id);
        if (container == null) {
            throw new UnknownContainerException(id);
        }
        return container;
    }

    /** {@return a stage that completes with the container's end; if there is none, {@link #pastEnd}} */
    public CompletionStage<Optional<Termination>> end(ContainerId id) {
        C container = present.get(id);
        return container == null ? pastEnd(id) : termination.apply(container).copy();
    }

    /** {@return how the last container of that id ended, a complete stage; empty if that is not known, or no longer} */
    public CompletionStage<Optional<Termination>> pastEnd(ContainerId id) {
        return CompletableFuture.completedFuture(ends.find(id));
    }

    /** {@return all there are just now} */
    public Collection<C> all() {
        return present.values();
    }

    /** {@return the ids of all there are just now} */
    public Set<ContainerId> ids() {
        return Set.copyOf(present.keySet());
    }
}
