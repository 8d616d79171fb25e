package org.corral.containerizer.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.Termination;

/**
 * How the last containers ended, for those who ask late: a short command has ended before anybody could ask. The oldest
 * are forgotten. Thread-safe.
 */
final class RecentEnds {

    private static final int MOST = 1024;

    private final Map<ContainerId, Termination> ends = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ContainerId, Termination> eldest) {
            return size() > MOST;
        }
    };

    /** Remembers an end, and forgets an earlier one of the same id. */
    synchronized void add(Termination termination) {
        ends.remove(termination.id());
        ends.put(termination.id(), termination);
    }

    /** Forgets an id that is about to be used again. */
    synchronized void forget(ContainerId id) {
        ends.remove(id);
    }

    /** {@return the last end of a container of that id, empty if it is not known, or no longer} */
    synchronized Optional<Termination> find(ContainerId id) {
        return Optional.ofNullable(ends.get(id));
    }
}
