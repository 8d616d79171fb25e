package org.corral.benchmarks;

import static org.corral.linux.raw.Constants.O_RDONLY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.linux.Fd;

/**
 * The files that one sample reads in these benchmarks: processor time, throttling, use of memory, {@code memory.stat}, processes. On v2
 * the first two are one.
 */
public final class FiveFiles implements AutoCloseable {

    private final List<Path> paths = new ArrayList<>();
    private final List<Fd> descriptors = new ArrayList<>();

    /** Opens them. */
    public FiveFiles(Cgroup cgroup, boolean memoryStat) throws IOException {
        if (cgroup.directory(Controller.CPUACCT).orElseThrow().version() == CgroupVersion.V1) {
            open(cgroup, Controller.CPUACCT, "cpuacct.stat");
            open(cgroup, Controller.CPU, "cpu.stat");
            open(cgroup, Controller.MEMORY, "memory.usage_in_bytes");
        } else {
            open(cgroup, Controller.CPU, "cpu.stat");
            open(cgroup, Controller.MEMORY, "memory.current");
        }
        if (memoryStat) {
            open(cgroup, Controller.MEMORY, "memory.stat");
        }
        open(cgroup, Controller.PIDS, "pids.current");
    }

    private void open(Cgroup cgroup, Controller controller, String file) throws IOException {
        CgroupDir directory = cgroup.directory(controller).orElseThrow();
        descriptors.add(directory.open(file, O_RDONLY));
        paths.add(Path.of(directory + "/" + file));
    }

    /** {@return the columns for which a sampler reads just these files} */
    public static Set<UsageColumn> columns(boolean memoryStat) {
        Set<UsageColumn> columns = EnumSet.range(UsageColumn.CPU_USER_NANOS, UsageColumn.MEMORY_BYTES);
        columns.add(UsageColumn.PIDS);
        if (memoryStat) {
            columns.addAll(EnumSet.range(UsageColumn.ANON_BYTES, UsageColumn.MAJOR_PAGE_FAULTS));
        }
        return columns;
    }

    /** {@return where they are} */
    public List<Path> paths() {
        return paths;
    }

    /** {@return their descriptors, which stay this object's} */
    public int[] descriptors() {
        return descriptors.stream().mapToInt(Fd::number).toArray();
    }

    @Override
    public void close() {
        descriptors.forEach(Fd::close);
    }
}
