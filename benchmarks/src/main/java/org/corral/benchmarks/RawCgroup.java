package org.corral.benchmarks;

import static org.corral.linux.raw.Constants.O_CLOEXEC;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.linux.Fd;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileCalls;

/** A cgroup by the bare system calls, nothing checked and nothing undone: what the kernel takes, whoever asks it. */
final class RawCgroup implements AutoCloseable {

    private static final int MODE = 0755;

    private final FileCalls files;
    private final String name;
    private final List<Fd> parents = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();

    /** Makes nothing yet. */
    RawCgroup(FileCalls files, CgroupLayout layout, CgroupPath parent, String name) throws IOException {
        this.files = files;
        this.name = name;
        for (Hierarchy hierarchy : layout.boundHierarchies()) {
            Path directory = hierarchy.mountPoint().resolve(parent.toString().substring(1));
            if (hierarchy.version() == CgroupVersion.V1) {
                Files.writeString(directory.resolve("cgroup.clone_children"), "1"); // else a cpuset takes no process
            }
            parents.add(Fd.open(files, directory.toString(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            paths.add(directory.resolve(name));
        }
    }

    /** {@return its directory in each hierarchy} */
    List<Path> paths() {
        return paths;
    }

    void make() throws ErrnoException {
        for (Fd parent : parents) {
            files.makeDirectoryAt(parent.number(), name, MODE);
        }
    }

    void move(long pid) throws ErrnoException {
        byte[] text = Long.toString(pid).getBytes(StandardCharsets.US_ASCII);
        for (Fd parent : parents) {
            int processes = files.openAt(parent.number(), name + "/cgroup.procs", O_WRONLY | O_CLOEXEC, 0);
            try {
                files.write(processes, text);
            } finally {
                files.close(processes);
            }
        }
    }

    void remove() throws ErrnoException {
        for (Fd parent : parents) {
            files.removeDirectoryAt(parent.number(), name);
        }
    }

    @Override
    public void close() {
        parents.forEach(Fd::close);
    }
}
