package org.corral.containerizer.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.corral.containerizer.external.message.Calls;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.linux.Linux;
import org.corral.linux.event.Poller;
import org.corral.linux.process.ProcStat;
import org.corral.linux.process.ProcessTable;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A containerizer with a scripted program, and what is the same in all of its tests. */
abstract class ExternalFixture {

    static final ContainerId ID = ContainerId.of("web");
    static final String SLEEPER = "sleep 1000 & echo $! > sleeper; wait";
    static final Duration LONG = Duration.ofSeconds(60);
    static final Duration SHORT = Duration.ofMillis(300);

    /** Short, but not for what does not hang. */
    static final Duration ENOUGH = Duration.ofSeconds(4);

    static final Resources HALF =
            Resources.NONE.withCpus(CpuAmount.parse("0.5")).withMemory(DataSize.ofMebibytes(64));

    @TempDir
    Path temporary;

    final FaultyLinux kernel = new FaultyLinux();
    final ExecutorService workers = Executors.newCachedThreadPool();
    Poller poller;
    ScriptedProgram program;
    ExternalOptions options;
    ExternalContainerizer containers;
    Path sandbox;

    private Set<Integer> childrenBefore = Set.of();

    @BeforeEach
    void open() throws Exception {
        childrenBefore = children();
        poller = Poller.start(kernel.linux());
        program = new ScriptedProgram(Files.createDirectory(temporary.resolve("program")));
        sandbox = Files.createDirectory(temporary.resolve("sandbox"));
        options = ExternalOptions.defaults(program.path(), temporary.resolve("state"))
                .withPatience(LONG, LONG);
        containers = containerizer(options);
    }

    ExternalContainerizer containerizer(ExternalOptions chosen) {
        return new ExternalContainerizer(kernel.linux(), poller, chosen, workers);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        containers.close();
        workers.shutdown();
        workers.awaitTermination(60, TimeUnit.SECONDS);
        for (int i = 0; hasChild() && i < 12_000; i++) {
            Thread.sleep(5);
        }
        assertThat(children()).isSubsetOf(childrenBefore);
        poller.close();
        assertThat(kernel.openDescriptors()).isEmpty();
        assertThat(kernel.closedTwice()).isEmpty();
        if (Files.exists(temporary.resolve("state/calls"))) {
            assertThat(temporary.resolve("state/calls")).isEmptyDirectory();
        }
    }

    /** {@return whether there is a child that was not there before the test} */
    boolean hasChild() throws IOException {
        return !childrenBefore.containsAll(children());
    }

    private Set<Integer> children() throws IOException {
        int self = kernel.linux().processes().pid();
        return ProcessTable.read(Linux.ofThisHost()).processes().stream()
                .filter(one -> one.parent() == self)
                .map(ProcStat::pid)
                .collect(Collectors.toSet());
    }

    LaunchRequest.Builder request() {
        return LaunchRequest.builder(List.of("sleep", "10"))
                .environment(Map.of("A", "one two"))
                .directory(sandbox)
                .resources(HALF);
    }

    void launch() throws LaunchException {
        assertThat(containers.launch(ID, request().build())).isEqualTo(LaunchOutcome.LAUNCHED);
    }

    static Termination await(CompletionStage<Optional<Termination>> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS).orElseThrow();
    }

    static Calls.Termination.Builder exit(int code) {
        return Calls.Termination.newBuilder().setKilled(false).setMessage("").setStatus(code << 8);
    }

    List<ContainerId> memos() throws IOException {
        return List.copyOf(
                new MemoStore(temporary.resolve("state/containers")).list().keySet());
    }

    /** Returns when its pid is written down. */
    void awaitSleeper() throws IOException {
        while (!Files.exists(program.file("sleeper"))
                || !Files.readString(program.file("sleeper")).endsWith("\n")) {
            Thread.onSpinWait();
        }
    }

    boolean isSleeperRunning() throws IOException {
        int pid = Integer.parseInt(Files.readString(program.file("sleeper")).strip());
        return ProcessTable.find(Linux.ofThisHost(), pid)
                .filter(process -> process.comm().equals("sleep") && process.state() != 'Z')
                .isPresent();
    }
}
