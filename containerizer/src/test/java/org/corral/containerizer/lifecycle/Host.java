package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.corral.containerizer.state.StateStore;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.Isolator;
import org.corral.linux.Linux;
import org.corral.testing.FaultyLinux;
import org.corral.testing.ProcFixture;

/** A host of fixtures with a scripted launcher and two scripted isolators. */
final class Host implements AutoCloseable {

    static final int AGENT = 100;
    static final String BOOT = "boot-1";

    final Script script = new Script();
    final ScriptedLauncher launcher = new ScriptedLauncher(script);
    final ScriptedIsolator first = new ScriptedIsolator("a", script);
    final ScriptedIsolator second = new ScriptedIsolator("b", script);
    final ProcFixture proc;
    final Linux linux;
    final Path state;
    final StateStore store;
    final List<ContainerEvent> events = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool();

    Host(Path directory) throws IOException {
        Path root = directory.resolve("root");
        state = directory.resolve("state");
        store = new StateStore(state);
        proc = new ProcFixture(root)
                .process(AGENT, "java", 'S', 1, AGENT)
                .process(ScriptedProcess.PID, "command", 'S', AGENT, ScriptedProcess.PID);
        Path random = Files.createDirectories(root.resolve("proc/sys/kernel/random"));
        Files.writeString(random.resolve("boot_id"), BOOT + "\n");
        linux = new FaultyLinux().answer("pid", none -> AGENT).linux(root);
    }

    Containment containment() {
        List<Isolator> isolators = List.of(first, second);
        return new Containment(launcher, isolators, List.of("a", "b"), "/corral", List.of());
    }

    CorralContainerizer containerizer() throws IOException {
        return new CorralContainerizer(linux, containment(), store, workers, events::add);
    }

    CorralContainerizer containerizer(Containments others) throws IOException {
        return new CorralContainerizer(linux, containment(), others, store, workers, events::add);
    }

    /** Waits for what is done on another thread. */
    void awaitStep(String step) {
        while (!script.steps().contains(step)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        workers.shutdown();
        try {
            assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while workers still had something to do", e);
        }
    }
}
