package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.List;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.limit.PlannedFiles;
import org.corral.cgroup.limit.UndoableFiles;
import org.corral.core.isolator.LimitChange;
import org.corral.core.isolator.LimitStep;

/** A change of limits that are seldom written: what writes them is run on files that note, or that remember. */
final class FilesChange implements LimitChange {

    private final ControlFiles files;
    private final Limiting limiting;
    private final UndoableFiles undoable;

    FilesChange(ControlFiles files, Limiting limiting) {
        this.files = files;
        this.limiting = limiting;
        this.undoable = new UndoableFiles(files);
    }

    @Override
    public List<LimitStep> steps() throws IOException {
        PlannedFiles planned = new PlannedFiles(files);
        limiting.run(planned);
        return planned.steps();
    }

    @Override
    public void apply() throws IOException {
        try {
            limiting.run(undoable);
        } catch (IOException | RuntimeException e) {
            undoAfter(e);
            throw e;
        }
    }

    private void undoAfter(Exception failure) {
        try {
            undo();
        } catch (IOException e) {
            failure.addSuppressed(new IOException("not as before: " + e.getMessage(), e));
        }
    }

    @Override
    public void undo() throws IOException {
        undoable.undo();
    }

    /** Writes limits. */
    @FunctionalInterface
    interface Limiting {
        void run(ControlFiles files) throws IOException;
    }
}
