package org.corral.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Stdio;
import org.corral.core.unit.DataSize;

/** Containers that only live, of an agent of their own. */
final class LiveContainers implements AutoCloseable {

    static final LaunchRequest SLEEPING = LaunchRequest.builder(List.of("/bin/sleep", "100000"))
            .stdio(Stdio.DISCARD, Stdio.DISCARD, Stdio.DISCARD)
            .resources(Resources.NONE.withMemory(DataSize.ofMebibytes(64)))
            .build();

    private final BenchmarkHost host = new BenchmarkHost();

    /** Whatever fails later, none of them outlives this process. */
    LiveContainers(int count) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::destroyAll));
        for (int i = 0; i < count; i++) {
            containers().launch(ContainerId.of("other-" + i), SLEEPING);
        }
        System.out.printf(
                "# %d live containers, %d threads and %d descriptors in the agent%n", count, threads(), descriptors());
    }

    BenchmarkHost host() {
        return host;
    }

    Containerizer containers() {
        return host.corral().containerizer();
    }

    /** {@return how many threads the kernel counts in this process, the virtual machine's own among them} */
    static int threads() throws IOException {
        return entries("/proc/self/task");
    }

    /** {@return how many descriptors this process has} */
    static int descriptors() throws IOException {
        return entries("/proc/self/fd");
    }

    private static int entries(String directory) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(directory))) {
            return (int) entries.count();
        }
    }

    /** Ends them all at once. */
    void destroyAll() {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        containers()
                .containers()
                .forEach(id -> ends.add(containers().destroy(id).toCompletableFuture()));
        ends.forEach(CompletableFuture::join);
    }

    @Override
    public void close() throws IOException {
        destroyAll();
        host.close();
    }
}
