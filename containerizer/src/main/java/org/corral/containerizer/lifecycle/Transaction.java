package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.corral.core.UpdateException;
import org.corral.core.isolator.LimitChange;

/** Changes of several isolators, of which all are made or none. Confined to one thread. */
final class Transaction {

    private final Deque<LimitChange> made = new ArrayDeque<>();

    /**
     * Makes one more change.
     *
     * @throws UpdateException if it fails; then those before have been taken back, in reverse
     */
    void make(String isolator, Planning planning) throws UpdateException {
        try {
            LimitChange change = planning.plan();
            change.apply();
            made.push(change);
        } catch (IOException e) {
            throw undone(isolator, e);
        } catch (RuntimeException e) {
            throw undone(isolator, new IOException(e.toString(), e));
        }
    }

    private UpdateException undone(String isolator, IOException failure) {
        while (!made.isEmpty()) {
            try {
                made.pop().undo();
            } catch (IOException | RuntimeException e) {
                failure.addSuppressed(new IOException("not as before: " + e.getMessage(), e));
            }
        }
        return new UpdateException(isolator, failure.getSuppressed().length == 0, failure);
    }

    /** Decides on a change. */
    @FunctionalInterface
    interface Planning {
        LimitChange plan() throws IOException;
    }
}
