package org.corral.benchmarks;

import static org.corral.linux.raw.Constants.O_RDONLY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.linux.Fd;

/** The files that one sample reads in these benchmarks, or some of them, open: see {@link SampledFile}. */
public final class FiveFiles implements AutoCloseable {

    private final List<Path> paths = new ArrayList<>();
    private final List<Fd> descriptors = new ArrayList<>();

    /** Opens them. */
    public FiveFiles(Cgroup cgroup, boolean memoryStat) throws IOException {
        this(cgroup, SampledFile.all(memoryStat));
    }

    FiveFiles(Cgroup cgroup, Set<SampledFile> files) throws IOException {
        for (SampledFile file : files) {
            String name = file.name(cgroup);
            Path path = Path.of(file.directory(cgroup) + "/" + name);
            if (!paths.contains(path)) {
                descriptors.add(file.directory(cgroup).open(name, O_RDONLY));
                paths.add(path);
            }
        }
    }

    /** {@return the columns for which a sampler reads just these files} */
    public static Set<UsageColumn> columns(boolean memoryStat) {
        Set<UsageColumn> columns = EnumSet.noneOf(UsageColumn.class);
        SampledFile.all(memoryStat).forEach(file -> columns.addAll(file.columns()));
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
