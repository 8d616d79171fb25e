package org.corral.containerizer.lifecycle;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.core.ContainerId;
import org.jspecify.annotations.Nullable;

/**
 * What is being done for which container just now, for those who wonder what it hangs in. Calls for one container take
 * turns; to note one makes no object but with the first call. Thread-safe.
 */
final class Activities {

    private final Map<ContainerId, Note> notes = new ConcurrentHashMap<>();

    /** {@return to be closed when it is done} It is to be seen by others until then. */
    Note begin(ContainerId id, String what) {
        Note note = notes.get(id);
        if (note == null) {
            note = notes.computeIfAbsent(id, any -> new Note());
        }
        note.what = what;
        return note;
    }

    /** {@return as {@code prepare of cgroups/mem}, empty if nothing is being done} */
    Optional<String> of(ContainerId id) {
        Note note = notes.get(id);
        return note == null ? Optional.empty() : Optional.ofNullable(note.what);
    }

    /** Has no place for that container any more, until something is done for it again. */
    void forget(ContainerId id) {
        notes.remove(id);
    }

    /** What is being done for one container. */
    static final class Note implements AutoCloseable {

        private volatile @Nullable String what;

        @Override
        public void close() {
            what = null;
        }
    }
}
