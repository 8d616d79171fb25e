package org.corral.core.isolator;

import java.io.IOException;
import java.util.List;

/**
 * One isolator's part of an update: decided, and not made yet. Used by one thread at a time, and no longer than until the container's next
 * update.
 */
public interface LimitChange {

    /**
     * {@return what would be written, in this order, and what would not, and why} Writes nothing. An isolator that does not plan tells
     * nothing.
     *
     * @throws IOException if it cannot be told
     */
    List<LimitStep> steps() throws IOException;

    /**
     * Makes the change, all of it or none. Called once.
     *
     * @throws IOException if a limit could not be changed; what was changed before it has been taken back, or the failure tells what
     *     was not
     */
    void apply() throws IOException;

    /**
     * Takes back what {@link #apply} did, because another isolator's part failed.
     *
     * @throws IOException if something is not as it was before
     */
    void undo() throws IOException;
}
