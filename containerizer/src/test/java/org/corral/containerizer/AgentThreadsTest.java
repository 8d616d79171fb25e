package org.corral.containerizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.corral.containerizer.isolator.Isolation;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.corral.linux.Linux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The threads of an agent, with real processes: named, daemons, and gone with it. */
@Timeout(120)
class AgentThreadsTest {

    private static final ContainerId ID = ContainerId.of("c");
    private static final LaunchRequest SLEEP = LaunchRequest.builder(List.of("/bin/sleep", "1000"))
            .stdio(Stdio.DISCARD, Stdio.DISCARD, Stdio.DISCARD)
            .build();
    private static final Set<String> OF_LIBRARIES = Set.of(
            "CompletableFutureDelayScheduler",
            "ForkJoinPool.commonPool-delayScheduler", // the same from JDK 25 on
            "jnr.ffi.util.ref.internal.Finalizer",
            "Cleaner-0",
            "junit-jupiter-timeout-watcher");

    @TempDir
    Path directory;

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    private Corral open() throws Exception {
        return Corral.open(
                Linux.ofThisHost(),
                CorralOptions.defaults(directory.resolve("corral"))
                        .withRoot("/corral-unit-test")
                        .withIsolation(Isolation.parse("posix/cpu,posix/mem")));
    }

    /** {@return those made since, but for some that libraries make once in a process} */
    private List<Thread> made() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> !OF_LIBRARIES.contains(thread.getName()))
                .toList();
    }

    private static void awaitEnd(Collection<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
    }

    @Test
    void open_noContainer_hasThePollerAlone() throws Exception {
        try (Corral corral = open()) {
            assertThat(corral.containerizer().recover()).isEmpty();

            assertThat(made())
                    .extracting(Thread::getName)
                    .filteredOn(name -> !name.startsWith("corral-worker-"))
                    .containsExactly("corral-poller");
        }
    }

    @Test
    void close_afterContainersOfAllKinds_endsEveryThreadAndNoContainer() throws Exception {
        List<Thread> threads;
        try (Corral corral = open()) {
            Containerizer containers = corral.containerizer();
            corral.events().subscribe(event -> {});
            containers.launch(ID, SLEEP);
            containers.destroy(ID).toCompletableFuture().get();
            containers.launch(ID, SLEEP);
            threads = made();
        }

        assertThat(threads)
                .extracting(Thread::getName)
                .contains("corral-poller", "corral-poll-timer", "corral-events")
                .allMatch(name -> name.startsWith("corral-"));
        assertThat(threads).allMatch(Thread::isDaemon);
        awaitEnd(threads);
        assertThat(threads).noneMatch(Thread::isAlive);
        try (Corral next = open()) {
            assertThat(next.containerizer().recover()).containsExactly(ID);
            next.containerizer().destroy(ID).toCompletableFuture().get();
        }
    }
}
