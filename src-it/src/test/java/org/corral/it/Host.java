package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.corral.core.Termination;
import org.corral.core.UnknownContainerException;
import org.corral.linux.Linux;

/**
 * This host as an agent sees it whose root is a test's own. Closing it ends what the test left running: only what is
 * left in spite of that is the fault of the code under test.
 */
final class Host implements AutoCloseable {

    static final Map<String, String> PATH = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final TestRoot root;
    private final Corral corral;
    private final Path scratch;
    private boolean left;

    private Host(TestRoot root, Corral corral) throws IOException {
        this.root = root;
        this.corral = corral;
        this.scratch = Files.createDirectories(root.runtimeDirectory().resolve("scratch"));
    }

    static Host open(TestRoot root) throws IOException {
        return open(root, UnaryOperator.identity());
    }

    static Host open(TestRoot root, UnaryOperator<CorralOptions> choice) throws IOException {
        return open(root, Linux.ofThisHost(), choice);
    }

    static Host open(TestRoot root, Linux linux, UnaryOperator<CorralOptions> choice) throws IOException {
        return new Host(root, Corral.open(linux, choice.apply(options(root))));
    }

    /** {@return those of an agent beside which the test may have others} */
    static CorralOptions options(TestRoot root) throws IOException {
        return CorralOptions.defaults(stateOf(root)).withRoot(root.cgroup()).shared();
    }

    static Path stateOf(TestRoot root) {
        return root.runtimeDirectory().resolve("state");
    }

    Corral corral() {
        return corral;
    }

    Containerizer containers() {
        return corral.containerizer();
    }

    /** {@return a request to run a command with nothing for input and output but a PATH} */
    static LaunchRequest.Builder command(String... command) {
        return LaunchRequest.builder(List.of(command))
                .environment(PATH)
                .stdio(Stdio.DISCARD, Stdio.DISCARD, Stdio.DISCARD);
    }

    static LaunchRequest.Builder shell(String script) {
        return command("sh", "-c", script);
    }

    ContainerId launch(String name, LaunchRequest.Builder request) throws IOException {
        ContainerId id = ContainerId.of(name);
        assertThat(containers().launch(id, request.build())).isEqualTo(LaunchOutcome.LAUNCHED);
        return id;
    }

    /** Runs a command to its end, its output in a {@linkplain #scratch file} of the container's name. */
    Termination run(String name, LaunchRequest.Builder request) throws IOException {
        return end(launch(name, request.stdio(Stdio.DISCARD, Stdio.file(scratch(name)), Stdio.file(scratch(name)))));
    }

    Termination end(ContainerId id) {
        return await(containers().wait(id)).orElseThrow();
    }

    Termination destroy(ContainerId id) {
        return await(containers().destroy(id)).orElseThrow();
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .copy()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** {@return a file of the test's that is removed when this is closed} */
    Path scratch(String name) {
        return scratch.resolve(name);
    }

    String output(String name) throws IOException {
        return Files.readString(scratch(name));
    }

    /** {@return the directory of a container's cgroup in the hierarchy of a controller, found without the code under test} */
    Path cgroup(ContainerId id, String controller) throws IOException {
        return CgroupMount.of(controller).directory(root).resolve(id.value());
    }

    String read(ContainerId id, ControlFile file) throws IOException {
        return file.read(root, id.value());
    }

    int pid(ContainerId id) throws IOException {
        return containers().status(id).pid().orElseThrow();
    }

    /** {@return the containers that are not gone, each with its first process if there is one} */
    Map<ContainerId, OptionalInt> pids() throws IOException {
        Map<ContainerId, OptionalInt> pids = new HashMap<>();
        for (ContainerId id : containers().containers()) {
            try {
                pids.put(id, containers().status(id).pid());
            } catch (UnknownContainerException e) {
                pids.remove(id); // it ended just now
            }
        }
        return pids;
    }

    /** Lets go of the containers: they go on when this is closed. */
    void leave() {
        left = true;
    }

    @Override
    public void close() throws IOException {
        if (left) {
            corral.close();
            return;
        }
        try {
            for (ContainerId id : containers().containers()) {
                await(containers().destroy(id));
            }
        } finally {
            corral.close();
            for (Path file : Tree.files(scratch)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
