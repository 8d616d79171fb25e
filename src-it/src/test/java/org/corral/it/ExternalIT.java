package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.corral.containerizer.external.ExternalContainerizer;
import org.corral.containerizer.external.ExternalOptions;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.Stdio;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.ContainerUsage;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.Linux;
import org.corral.linux.event.Poller;
import org.corral.linux.process.PidFd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An agent whose external containerizer program is {@code corral external}: both sides of the protocol, over processes. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.MEMORY})
class ExternalIT {

    private static final ContainerId ID = ContainerId.of("web");
    private static final int SIGKILL = 9;
    private static final Resources LIMITED =
            Resources.NONE.withCpus(CpuAmount.parse("0.5")).withMemory(DataSize.ofMebibytes(64));

    private TestRoot root;
    private Poller poller;
    private ExecutorService workers;
    private ExternalContainerizer containers;
    private Path sandbox;

    @BeforeEach
    void open(TestRoot own) throws Exception {
        root = own;
        poller = Poller.start(Linux.ofThisHost());
        workers = Executors.newCachedThreadPool();
        sandbox = Files.createDirectory(root.runtimeDirectory().resolve("sandbox"));
        containers = containerizer();
    }

    private ExternalContainerizer containerizer() throws IOException {
        String program = Cli.SCRIPT + " external --root " + root.cgroup();
        ExternalOptions options = ExternalOptions.defaults(
                        program, root.runtimeDirectory().resolve("agent"))
                .withEnvironment(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "CORRAL_RUNTIME_DIR", Host.stateOf(root).toString()))
                .withPatience(Duration.ofSeconds(60), Duration.ofSeconds(30));
        return new ExternalContainerizer(Linux.ofThisHost(), poller, options, workers);
    }

    @AfterEach
    void close() throws Exception {
        for (ContainerId id : containers.containers()) {
            Host.await(containers.destroy(id));
        }
        containers.close();
        workers.shutdown();
        poller.close();
        removeRecords();
        for (Path file : Tree.files(root.runtimeDirectory())) {
            if (file.startsWith(sandbox)
                    || file.startsWith(root.runtimeDirectory().resolve("agent"))) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Of a container that was destroyed, and whose end nobody was told, the record stays for a while. */
    private void removeRecords() throws IOException {
        for (Path file : Tree.files(Host.stateOf(root))) {
            if (file.toString().contains("external@")) {
                Files.deleteIfExists(file);
            }
        }
    }

    private LaunchRequest.Builder shell(String script) {
        return LaunchRequest.builder(List.of("sh", "-c", script))
                .environment(Map.of("GREETING", "it's me"))
                .directory(sandbox)
                .resources(LIMITED);
    }

    private void launch(LaunchRequest.Builder request) throws IOException {
        assertThat(containers.launch(ID, request.build())).isEqualTo(LaunchOutcome.LAUNCHED);
    }

    private Termination end(CompletionStage<Optional<Termination>> stage) {
        return Host.await(stage).orElseThrow();
    }

    @Test
    void launch_command_runsInItsCgroupsAndItsOutputIsInTheSandbox() throws Exception {
        launch(shell("echo \"$GREETING $MESOS_EXECUTOR_ID\"; cat /proc/self/cgroup; pwd >&2; exit 42"));

        Termination termination = end(containers.wait(ID));

        assertThat(termination.status()).contains(new ExitStatus.Exited(42));
        assertThat(termination.reason()).isEqualTo(TerminationReason.EXITED);
        String output = Files.readString(sandbox.resolve("stdout"));
        assertThat(output).startsWith("it's me web\n");
        String cgroups = output.substring(output.indexOf('\n') + 1);
        assertThat(ProcFiles.cgroup(cgroups, "memory")).isEqualTo(root.cgroup() + "/web");
        assertThat(sandbox.resolve("stderr")).content().contains(sandbox.toString());
        assertThat(containers.containers()).isEmpty();
    }

    @Test
    void launch_streamsToFiles_goThere() throws Exception {
        Path out = sandbox.resolve("own output");
        launch(shell("cat; echo said").stdio(Stdio.DISCARD, Stdio.file(out), Stdio.DISCARD));

        end(containers.wait(ID));

        assertThat(out).hasContent("said");
    }

    @Test
    @MesosBehaviour(100)
    void launch_limits_areInTheControlFiles() throws Exception {
        launch(shell("exec sleep 1000"));

        assertThat(ControlFile.CPU_SHARES.read(root, "web")).isEqualTo(ControlFile.CPU_SHARES.either("512", "50"));
        assertThat(ControlFile.MEMORY_LIMIT.read(root, "web")).isEqualTo(String.valueOf(64 << 20));
    }

    @Test
    void update_running_isInTheControlFiles() throws Exception {
        launch(shell("exec sleep 1000"));

        assertThat(containers.update(ID, Resources.NONE.withMemory(DataSize.ofMebibytes(128))))
                .isTrue();

        assertThat(ControlFile.CPU_SHARES.read(root, "web")).isEqualTo(ControlFile.CPU_SHARES.either("512", "50"));
        assertThat(ControlFile.MEMORY_LIMIT.read(root, "web")).isEqualTo(String.valueOf(128 << 20));
    }

    @Test
    @MesosBehaviour(100)
    void usage_running_isThatOfTheContainer() throws Exception {
        launch(shell("exec sleep 1000"));

        ContainerUsage usage = containers.usage(ID);

        assertThat(usage.memory().orElseThrow().limitBytes()).hasValue(64 << 20);
        assertThat(usage.memory().orElseThrow().currentBytes()).isPresent();
        assertThat(usage.cpu().orElseThrow().total()).isPresent();
        assertThat(containers.containers()).containsExactly(ID);
    }

    @Test
    void end_outOfMemory_isALimitation() throws Exception {
        launch(shell("exec tail /dev/zero"));

        Termination termination = end(containers.wait(ID));

        assertThat(termination.reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(termination.status()).contains(new ExitStatus.Signaled(SIGKILL));
        assertThat(termination.limitations()).singleElement().satisfies(limitation -> {
            assertThat(limitation.resource()).isEqualTo("mem");
            assertThat(limitation.message()).contains("limit of 64.0MiB");
        });
        assertThat(termination.limitations()).extracting(Limitation::limit).hasSize(1);
    }

    @Test
    @MesosBehaviour(100)
    void destroy_running_endsItAndItsStatusIsKnown() throws Exception {
        launch(shell("sleep 1000 & exec sleep 1000"));

        Termination termination = end(containers.destroy(ID));

        assertThat(termination.reason()).isEqualTo(TerminationReason.DESTROYED);
        assertThat(termination.status()).contains(new ExitStatus.Signaled(SIGKILL));
        assertThat(containers.containers()).isEmpty();
    }

    /** Another agent's container of that name is not touched. */
    @Test
    void launch_nameThatIsTaken_refusedAndTheOtherGoesOn() throws Exception {
        try (Host other = Host.open(root)) {
            other.launch("web", Host.command("sleep", "1000"));

            assertThatThrownBy(() -> launch(shell("true"))).hasMessageContaining("exit code 1");

            assertThat(sandbox.resolve("stderr")).content().contains("there is a container of that name already");
            assertThat(other.containers().containers()).containsExactly(ID);
            assertThat(containers.containers()).isEmpty();
        }
    }

    @Test
    void launch_commandMissing_endsAsAShellSays() throws Exception {
        launch(LaunchRequest.builder(List.of("no-such-command"))
                .directory(sandbox)
                .resources(LIMITED));

        assertThat(end(containers.wait(ID)).status()).contains(new ExitStatus.Exited(127));
    }

    @Test
    void recover_afterRestart_containerIsFoundAndItsEndToldThoughItCameBetween() throws Exception {
        launch(shell("while [ ! -e go-on ]; do sleep 0.05; done; exit 7"));
        containers.close();
        Files.createFile(sandbox.resolve("go-on"));
        containers = containerizer();

        assertThat(containers.recover()).containsExactly(ID);

        assertThat(end(containers.wait(ID)).status()).contains(new ExitStatus.Exited(7));
        assertThat(containers.containers()).isEmpty();
    }

    /** The agent's notes are lost: to it, the program's container is nobody's. */
    @Test
    void recover_orphan_isDestroyed() throws Exception {
        launch(shell("exec sleep 1000"));
        int pid = Integer.parseInt(
                ControlFile.PROCS.read(root, "web").lines().findFirst().orElseThrow());
        containers.close();
        Files.delete(root.runtimeDirectory().resolve("agent/containers/web.json"));
        containers = containerizer();

        try (PidFd orphan = PidFd.open(Linux.ofThisHost(), pid).orElseThrow()) {
            assertThat(containers.recover()).isEmpty();
            Eventually.holds("the orphan ends", () -> !orphan.isAlive());
        }
    }

    /** Whoever owns the container is killed: it goes on, its end is noticed, but not how it ended. */
    @Test
    void wait_supervisorKilled_endIsNoticedWithoutAStatus() throws Exception {
        launch(shell("while [ ! -e go-on ]; do sleep 0.05; done; exit 7"));
        killSupervisor();
        assertThat(containers.usage(ID).memory()).isPresent();
        Files.createFile(sandbox.resolve("go-on"));

        Termination termination = end(containers.wait(ID));

        assertThat(termination.status()).isEmpty();
        assertThat(containers.containers()).isEmpty();
    }

    private void killSupervisor() throws IOException {
        Path record = Tree.files(Host.stateOf(root)).stream()
                .filter(file -> file.endsWith("supervisor"))
                .findFirst()
                .orElseThrow();
        int pid = Integer.parseInt(Files.readString(record).split(" ", 2)[0]);
        try (PidFd supervisor = PidFd.open(Linux.ofThisHost(), pid).orElseThrow()) {
            supervisor.signal(SIGKILL);
        }
    }

    @Test
    void program_calledByHand_failsWithOneLine() throws Exception {
        try (Cli corral = new Cli(root)) {
            for (String command : List.of("launch", "wait", "update", "usage", "destroy")) {
                Process process = corral.start("external", command);
                process.getOutputStream().close();
                Cli.Result result = Cli.result(process);
                assertThat(result.code()).as(command).isEqualTo(1);
                assertThat(result.err()).startsWith("corral: ").hasLineCount(1);
                assertThat(result.out()).isEmpty();
            }
            assertThat(corral.run("external", "containers").out()).isEqualTo("\0\0\0\0");
            assertThat(corral.run("external", "recover").code()).isZero();
            assertThat(corral.run("external", "dance").code()).isEqualTo(1);
        }
    }
}
