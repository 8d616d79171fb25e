package org.corral.cgroup.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.ErrnoException;

/** Control files that remember what they held before each write. Confined to one thread. */
public final class UndoableFiles implements ControlFiles {

    private final ControlFiles files;
    private final Deque<Line> before = new ArrayDeque<>();

    /** Remembers nothing yet of these. */
    public UndoableFiles(ControlFiles files) {
        this.files = files;
    }

    @Override
    public CgroupVersion version() {
        return files.version();
    }

    @Override
    public String read(String file) throws ErrnoException {
        return files.read(file);
    }

    @Override
    public void write(String file, String value) throws ErrnoException {
        Line line = Line.of(file, value);
        Line previous = line.with(line.in(files.read(file)));
        files.write(file, value);
        before.push(previous);
    }

    @Override
    public List<String> names() throws ErrnoException {
        return files.names();
    }

    /**
     * Writes what was there before, the latest write first. What was taken back is not again by a second call.
     *
     * @throws ErrnoException the first failure; the rest is taken back all the same
     */
    public void undo() throws ErrnoException {
        ErrnoException first = null;
        while (!before.isEmpty()) {
            Line line = before.pop();
            try {
                files.write(line.file(), line.value());
            } catch (ErrnoException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
