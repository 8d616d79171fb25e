package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.corral.core.ContainerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An agent runs no program but its containers' commands: seen by strace(1), which sees each one that is executed. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.FREEZER, Need.CPU, Need.MEMORY, Need.PIDS, Need.PTRACE})
class NoProgramsIT {

    private static final int LINES = 40;

    /** What the commands of {@link Behaviour} are, and what their scripts run. */
    private static final Set<String> COMMANDS = Set.of("sh", "sleep");

    private static final Pattern EXECUTED = Pattern.compile("execve(?:at)?\\(\"([^\"]*)\"");

    @Test
    void mixedLoad_programsExecuted_areTheContainersOwn(TestRoot root) throws Exception {
        Path said = Files.createFile(root.runtimeDirectory().resolve("agent"));
        Path traced = root.runtimeDirectory().resolve("traced");

        run(root, said, traced);

        List<String> programs = programs(traced);
        assertThat(programs.get(0)).as("the agent itself").endsWith("/java");
        Set<String> others = programs.stream()
                .skip(1)
                .map(program -> program.substring(program.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
        assertThat(others).isSubsetOf(COMMANDS).contains("sleep");
        Files.delete(said);
        Files.delete(traced);
    }

    private static void run(TestRoot root, Path said, Path traced) throws Exception {
        List<String> line = new ArrayList<>(List.of("strace", "-f", "-qq", "-e", "trace=execve,execveat"));
        line.addAll(List.of("-o", traced.toString()));
        line.addAll(ChildJvm.command(
                System.getProperty("java.class.path"),
                BusyAgent.class,
                root.name(),
                root.runtimeDirectory().toString(),
                "1",
                said.toString()));
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.environment().putAll(MarkedProcesses.of(root).environment());
        Process strace = builder.start();
        try {
            Eventually.holds("it works", () -> Files.readAllLines(said).size() > LINES);
        } finally {
            strace.children().forEach(NoProgramsIT::end); // the agent alone: strace goes with its last process
            endAll(root);
            strace.waitFor();
        }
    }

    /** Until it is gone it is the agent of its root. */
    private static void end(ProcessHandle agent) {
        agent.destroyForcibly();
        agent.onExit().join();
    }

    private static void endAll(TestRoot root) throws IOException {
        try (Host host = Host.open(root)) {
            host.containers().recover();
            for (ContainerId id : host.containers().containers()) {
                Host.await(host.containers().destroy(id));
            }
        }
    }

    private static List<String> programs(Path traced) throws IOException {
        return Files.readAllLines(traced).stream()
                .map(EXECUTED::matcher)
                .filter(Matcher::find)
                .map(executed -> executed.group(1))
                .toList();
    }
}
