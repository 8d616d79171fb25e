package org.corral.cgroup.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.isolator.LimitStep;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/**
 * Control files that nothing is written to: what would be is noted, and read back as if it had been. So code that writes limits tells
 * what it would do. Confined to one thread.
 */
public final class PlannedFiles implements ControlFiles {

    private final ControlFiles files;
    private final Map<String, String> written = new HashMap<>();
    private final List<LimitStep> steps = new ArrayList<>();

    /** Notes what would be written to these. */
    public PlannedFiles(ControlFiles files) {
        this.files = files;
    }

    /** {@return what would have been written until now} */
    public List<LimitStep> steps() {
        return List.copyOf(steps);
    }

    @Override
    public CgroupVersion version() {
        return files.version();
    }

    /** What the kernel would make of lists of CPUs it tells of in another file is not known before. */
    @Override
    public String read(String file) throws ErrnoException {
        if (!written.isEmpty() && file.contains("effective")) {
            throw new ErrnoException("read", Errno.ENOENT, file + ", before it is written");
        }
        return written.containsKey(file) ? written.get(file) : files.read(file);
    }

    @Override
    public void write(String file, String value) throws ErrnoException {
        Line line = Line.of(file, value);
        steps.add(new LimitStep(file, line.in(read(file)), value.strip(), ""));
        written.put(file, line.isKeyed() ? line.replacedIn(read(file)) : value);
    }

    @Override
    public List<String> names() throws ErrnoException {
        return files.names();
    }
}
