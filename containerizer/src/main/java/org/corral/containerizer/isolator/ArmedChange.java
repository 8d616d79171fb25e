package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.List;
import org.corral.core.isolator.LimitChange;
import org.corral.core.isolator.LimitStep;

/**
 * A change after which something else is set to the limits that there are then.
 *
 * @param change the change
 * @param after what is done whenever it was made or taken back
 */
record ArmedChange(LimitChange change, Arming after) implements LimitChange {

    @Override
    public List<LimitStep> steps() throws IOException {
        return change.steps();
    }

    @Override
    public void apply() throws IOException {
        change.apply();
        after.run();
    }

    @Override
    public void undo() throws IOException {
        change.undo();
        after.run();
    }

    /** Sets it. */
    @FunctionalInterface
    interface Arming {
        void run() throws IOException;
    }
}
