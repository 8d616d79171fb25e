package org.corral.containerizer.isolator;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.corral.core.Limitation;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.event.FileChanges;

/**
 * What {@link MemoryEventsV2} set up for one cgroup. Thread-safe.
 *
 * @param lookout told of each change of {@code memory.events}
 * @param events the watch of that file, empty if there could be none
 * @param levels the triggers of pressure
 */
record MemoryWatchV2(OomLookout lookout, Optional<FileChanges.Watch> events, PressureLevels levels)
        implements MemoryWatch {

    @Override
    public CompletableFuture<Limitation> limited() {
        return lookout.limited();
    }

    @Override
    public PressureUsage pressure() {
        return levels.usage();
    }

    @Override
    public void close() {
        events.ifPresent(FileChanges.Watch::cancel);
        levels.close();
    }
}
