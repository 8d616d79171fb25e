package org.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.linux.Linux;

/** This host for one trial: an agent with a root of its own, and one empty cgroup to read and write. */
final class BenchmarkHost implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path runtime;
    private final Linux linux = Linux.ofThisHost();
    private final CgroupTree tree;
    private final Corral corral;
    private final Cgroup cgroup;

    BenchmarkHost() throws IOException {
        this(Hierarchies.ALL);
    }

    BenchmarkHost(Hierarchies hierarchies) throws IOException {
        String root = "/corral-bench-" + linux.processes().pid();
        runtime = MemoryFolder.create("corral-bench");
        corral = Corral.open(
                linux, CorralOptions.defaults(runtime).withRoot(root), hierarchies.of(LayoutDiscovery.discover(linux)));
        tree = new CgroupTree(linux, corral.layout(), CgroupPath.of(root));
        cgroup = tree.create("fixture", "benchmarks");
    }

    Linux linux() {
        return linux;
    }

    Corral corral() {
        return corral;
    }

    CgroupTree tree() {
        return tree;
    }

    Cgroup cgroup() {
        return cgroup;
    }

    /** {@return a cgroup beside that, by the bare system calls} */
    RawCgroup raw(String name) throws IOException {
        return new RawCgroup(linux.files(), corral.layout(), tree.root(), name);
    }

    @Override
    public void close() throws IOException {
        cgroup.delete(PATIENCE);
        cgroup.close();
        tree.removeIfEmpty();
        corral.close();
        Files.deleteIfExists(runtime.resolve("corral"));
        Files.deleteIfExists(runtime);
    }
}
