package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.core.ContainerId;

/** What is being done for which container just now, for those who wonder what it hangs in. Thread-safe. */
final class Activities {

    private final Map<ContainerId, String> current = new ConcurrentHashMap<>();

    /** Does something, and lets others see that it is being done. */
    <T, E extends IOException> T note(ContainerId id, String what, Activity<T, E> activity) throws E {
        current.put(id, what);
        try {
            return activity.perform();
        } finally {
            current.remove(id);
        }
    }

    /** The same for what gives nothing back. */
    void run(ContainerId id, String what, Failures.Step step) throws IOException {
        Activity<Boolean, IOException> activity = () -> {
            step.run();
            return true;
        };
        note(id, what, activity);
    }

    /** {@return as {@code prepare of cgroups/mem}, empty if nothing is being done} */
    Optional<String> of(ContainerId id) {
        return Optional.ofNullable(current.get(id));
    }

    /** Something that is done for a container. */
    interface Activity<T, E extends IOException> {
        T perform() throws E;
    }
}
