package org.corral.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Stdio;
import org.corral.core.unit.DataSize;
import org.corral.harness.OwnProcess;

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
                "# %d live containers, %d threads and %d descriptors in the agent%n",
                count, OwnProcess.threads(), OwnProcess.descriptors());
    }

    BenchmarkHost host() {
        return host;
    }

    Containerizer containers() {
        return host.corral().containerizer();
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
