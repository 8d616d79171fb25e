package org.corral.containerizer.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.linux.raw.Constants.O_APPEND;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Namespace;
import org.corral.linux.process.Identity;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnPlannerTest {

    @TempDir
    Path directory;

    private static LaunchRequest.Builder command() {
        return LaunchRequest.builder(List.of("sh", "-c", "true"));
    }

    private static SpawnPlan plan(LaunchRequest.Builder request) throws LaunchException {
        return plan(request, Set.of(), Optional.empty());
    }

    private static SpawnPlan plan(LaunchRequest.Builder request, Set<Namespace> namespaces, Optional<Identity> user)
            throws LaunchException {
        Contribution contribution = Contribution.builder()
                .environment(Map.of("PATH", "/bin", "A", "1"))
                .namespaces(namespaces)
                .build();
        return SpawnPlanner.plan(request.build(), contribution, user);
    }

    private void assertRefused(LaunchRequest.Builder request, String... parts) {
        assertThatThrownBy(() -> plan(request))
                .isInstanceOfSatisfying(
                        LaunchException.class, e -> assertThat(e.kind()).isEqualTo(LaunchException.Kind.FAILED))
                .hasMessageContainingAll(parts);
    }

    private static LaunchRequest.Builder stdout(Path file) {
        return command().stdio(Stdio.INHERIT, Stdio.file(file), Stdio.INHERIT);
    }

    @Test
    void plan_command_keepsArgvAndEnvironment() throws Exception {
        SpawnPlan plan = plan(command());

        assertThat(plan.path()).isEqualTo("/bin/sh");
        assertThat(plan.arguments()).containsExactly("sh", "-c", "true");
        assertThat(plan.environment()).containsExactly("A=1", "PATH=/bin");
        assertThat(plan.actions()).containsExactly(new Action.CloseFrom(3));
        assertThat(plan.newSession()).isTrue();
    }

    @Test
    void plan_mountsOfItsOwn_entersTheDirectoryOfThatNameThere() throws Exception {
        String here = Path.of("").toAbsolutePath().toString();

        assertThat(plan(command(), Set.of(Namespace.MOUNT), Optional.empty()).actions())
                .containsExactly(new Action.ChangeDirectory(here), new Action.CloseFrom(3));
        assertThat(plan(command(), Set.of(Namespace.UTS), Optional.empty()).actions())
                .containsExactly(new Action.CloseFrom(3));
    }

    @Test
    void plan_agentsSession_isKept() throws Exception {
        assertThat(plan(command().session(LaunchRequest.Session.INHERIT)).newSession())
                .isFalse();
    }

    @Test
    void plan_stdio_isOpenedBeforeTheDirectoryIsEntered() throws Exception {
        Path in = Files.createFile(directory.resolve("in"));
        Path out = directory.resolve("out");

        SpawnPlan plan = plan(
                command().stdio(Stdio.file(in), Stdio.file(out), Stdio.DISCARD).directory(directory));

        int append = O_WRONLY | O_CREAT | O_APPEND;
        assertThat(plan.actions())
                .containsExactly(
                        new Action.Open(0, in.toString(), O_RDONLY, 0),
                        new Action.Open(1, out.toString(), append, 0644),
                        new Action.Open(2, "/dev/null", append, 0644),
                        new Action.ChangeDirectory(directory.toString()),
                        new Action.CloseFrom(3));
    }

    @Test
    void plan_user_runsTheCommandThroughSetpriv() throws Exception {
        SpawnPlan plan = plan(command(), Set.of(), Optional.of(new Identity(1000, 1001)));

        assertThat(plan.path()).isEqualTo("/usr/bin/setpriv");
        assertThat(plan.arguments()).startsWith("/usr/bin/setpriv").endsWith("--", "/bin/sh", "-c", "true");
    }

    @Test
    void plan_missingDirectory_isRefused() {
        assertRefused(command().directory(directory.resolve("absent")), "working directory", "absent");
    }

    @Test
    void plan_directoryThatIsAFile_isRefused() throws Exception {
        assertRefused(command().directory(Files.createFile(directory.resolve("file"))), "working directory");
    }

    @Test
    void plan_missingInput_isRefused() {
        Stdio absent = Stdio.file(directory.resolve("absent"));

        assertRefused(command().stdio(absent, Stdio.INHERIT, Stdio.INHERIT), "standard input", "absent");
    }

    @Test
    void plan_outputInMissingDirectory_isRefused() {
        assertRefused(stdout(directory.resolve("absent/out")), "output file", "absent/out");
    }

    @Test
    void plan_outputThatIsADirectory_isRefused() {
        assertRefused(stdout(directory), "output file");
    }

    @Test
    void plan_missingCommand_tells127() {
        assertThatThrownBy(() -> plan(LaunchRequest.builder(List.of("/absent/command"))))
                .isInstanceOfSatisfying(
                        LaunchException.class,
                        e -> assertThat(e.kind().exitCode()).isEqualTo(127));
    }
}
