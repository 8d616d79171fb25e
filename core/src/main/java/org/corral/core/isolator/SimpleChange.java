package org.corral.core.isolator;

import java.io.IOException;
import java.util.List;
import org.corral.core.ContainerId;

/** The change of an isolator that does not plan: an update, taken back by an update to what was before. */
record SimpleChange(Isolator isolator, ContainerId id, ResourceUpdate update) implements LimitChange {

    @Override
    public List<LimitStep> steps() {
        return List.of();
    }

    @Override
    public void apply() throws IOException {
        try {
            isolator.update(id, update.wanted());
        } catch (IOException | RuntimeException e) {
            undoAfter(e);
            throw e;
        }
    }

    private void undoAfter(Exception failure) {
        try {
            undo();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(new IOException(isolator.name() + " is not as before: " + e.getMessage(), e));
        }
    }

    @Override
    public void undo() throws IOException {
        isolator.update(id, update.before());
    }
}
