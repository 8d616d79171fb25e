package org.corral.benchmarks.density;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.corral.benchmarks.MemoryFolder;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.core.Containerizer;
import org.corral.harness.Progress;
import org.corral.linux.Linux;

/** An agent with a cgroup root and a runtime directory of its own. Thread-safe. */
final class DensityHost implements AutoCloseable {

    private static final String MEMORY_LIMITS = "cgroups/mem";

    private final Path runtime;
    private final Corral corral;
    private final CgroupTree tree;

    /**
     * Opens it.
     *
     * @throws IOException if the host cannot be used, or its containers would have no limit of memory to run into
     */
    DensityHost(Linux linux) throws IOException {
        String root = "/corral-density-" + linux.processes().pid();
        runtime = MemoryFolder.create("corral-density");
        try {
            corral = Corral.open(linux, CorralOptions.defaults(runtime).withRoot(root));
        } catch (IOException | RuntimeException e) {
            Files.delete(runtime);
            throw e;
        }
        tree = new CgroupTree(linux, corral.layout(), CgroupPath.of(root));
        requireMemoryLimits();
    }

    /** Without them the host would run out of memory. */
    private void requireMemoryLimits() throws IOException {
        List<String> isolators = corral.containment().names();
        if (!isolators.contains(MEMORY_LIMITS)) {
            close();
            throw new IOException("containers would have " + isolators + " here, and no limit of memory without "
                    + MEMORY_LIMITS + ": 'corral info' tells why");
        }
    }

    Corral corral() {
        return corral;
    }

    Containerizer containers() {
        return corral.containerizer();
    }

    CgroupTree tree() {
        return tree;
    }

    /**
     * Ends all containers at once.
     *
     * @return how many could not be ended or removed as a whole
     */
    int destroyAll(Progress progress) {
        List<CompletableFuture<Boolean>> ends = containers().containers().stream()
                .map(id -> containers().destroy(id).toCompletableFuture().handle((end, failure) -> {
                    progress.step();
                    return failure == null;
                }))
                .toList();
        return (int) ends.stream().filter(end -> !end.join()).count();
    }

    /** {@return how many cgroups of this agent there are, its root in each hierarchy among them} */
    int cgroups() throws IOException {
        int roots = 0;
        for (Hierarchy hierarchy : corral.layout().boundHierarchies()) {
            roots += Files.isDirectory(hierarchy
                            .mountPoint()
                            .resolve(tree.root().toString().substring(1)))
                    ? 1
                    : 0;
        }
        return tree.list().size() + roots;
    }

    /** {@return how many files of this agent there are, its runtime directory among them} */
    int files() throws IOException {
        if (!Files.exists(runtime)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(runtime)) {
            return (int) files.count();
        }
    }

    /** Lets go of the containers; whoever wants none to go on destroys them before. */
    @Override
    public void close() throws IOException {
        corral.close();
        if (files() == 1) { // the agent removes it with its last file, if it ever had one
            Files.delete(runtime);
        }
    }
}
