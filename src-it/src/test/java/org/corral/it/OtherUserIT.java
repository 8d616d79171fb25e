package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What another user of the host can do to root's containers, and make root's Corral do: nothing. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.SETPRIV, Need.CPU, Need.PIDS})
class OtherUserIT {

    private static final List<String> STEERING = List.of("kill", "destroy", "stats");

    private TestRoot ofNobody;
    private TestRoot ofRoot;
    private Nobody nobody;
    private String copy;
    private Cli roots;
    private final List<Cli> others = new ArrayList<>();

    @BeforeEach
    void open(TestRoot root) throws IOException {
        ofNobody = root;
        ofRoot = new TestRoot(
                root.name(), Files.createDirectory(root.runtimeDirectory().resolve("roots")));
        nobody = new Nobody(root);
        copy = nobody.equip();
        roots = new Cli(ofRoot);
    }

    @AfterEach
    void close() throws Exception {
        for (Cli other : others) {
            other.close();
        }
        roots.close();
        nobody.close();
        new FileTrace(ofRoot.runtimeDirectory()).remove();
        new FileTrace(Host.stateOf(ofNobody)).remove();
    }

    /** {@return a command of Corral's as nobody gives it, with the state that is meant} */
    private Result asNobody(TestRoot state, String command, String... arguments) throws Exception {
        Cli other = new Cli(state, copy);
        others.add(other);
        return Cli.result(other.startBehind(Nobody.PREFIX, command, arguments));
    }

    /** {@return what a script of nobody's ends with} */
    private static int shell(String script) throws Exception {
        List<String> line = new ArrayList<>(Nobody.PREFIX);
        line.addAll(List.of("sh", "-c", script));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static Path storeOf(TestRoot root) throws IOException {
        return Host.stateOf(root).resolve(root.stateFolder());
    }

    private static void give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", Nobody.ID, LinkOption.NOFOLLOW_LINKS);
    }

    private Process runWeb() throws Exception {
        Process run = roots.start("run", "--id", "web", "--cpus", "1", "--", "sleep", "1000");
        roots.awaitRunning("web", "sleep");
        return run;
    }

    private void assertUntouched(Process run) throws Exception {
        assertThat(run.isAlive()).isTrue();
        assertThat(ControlFile.CPU_SHARES.read(ofRoot, "web")).isEqualTo(ControlFile.CPU_SHARES.either("1024", "100"));
        assertThat(roots.run("destroy", "web").code()).isZero();
        assertThat(Cli.result(run).code()).isEqualTo(137);
    }

    @Test
    void commands_onRootsState_failWithTheRemedyAndNothingHappens() throws Exception {
        Process run = runWeb();
        for (String command : STEERING) {
            assertRemedy(asNobody(ofRoot, command, "web"));
        }
        assertRemedy(asNobody(ofRoot, "update", "web", "--cpus", "0.2"));
        assertRemedy(asNobody(ofRoot, "ls"));
        assertUntouched(run);
    }

    private static void assertRemedy(Result result) {
        assertThat(result.code()).as(result.out() + result.err()).isEqualTo(125);
        assertThat(result.err()).contains("another user", "CORRAL_RUNTIME_DIR").hasLineCount(1);
    }

    /** Nobody writes down himself, where he may, what he cannot read of root. */
    @Test
    void commands_onForgedState_areStoppedByTheKernel() throws Exception {
        Process run = runWeb();
        Path forged = Files.createDirectories(storeOf(ofNobody).resolve("web"));
        Files.copy(storeOf(ofRoot).resolve("web/state.json"), forged.resolve("state.json"));
        for (Path each : List.of(storeOf(ofNobody), forged, forged.resolve("state.json"))) {
            give(each);
            String mode = Files.isDirectory(each) ? "rwx------" : "rw-------";
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(mode));
        }

        for (Result result : List.of(
                asNobody(ofNobody, "kill", "--signal", "KILL", "web"),
                asNobody(ofNobody, "update", "web", "--cpus", "0.2"),
                asNobody(ofNobody, "destroy", "web"))) {
            assertThat(result.code()).as(result.out() + result.err()).isEqualTo(125);
            assertThat(result.err()).startsWith("corral: ").doesNotContain("CORRAL_RUNTIME_DIR");
        }
        assertUntouched(run);
    }

    /** While a command of root's waits at its gate: to open that would let it run before it is where it belongs. */
    @Test
    void filesOfALaunch_cannotBeReadWrittenOrOpened() throws Exception {
        try (ChildJvm agent = ChildJvm.start(
                DoomedAgent.class, ofRoot.name(), ofRoot.runtimeDirectory().toString(), "isolate", "exit 0")) {
            int gated = Integer.parseInt(agent.awaitLine("gated"));
            Path own = storeOf(ofRoot).resolve(DoomedAgent.ID.value());
            assertThat(own.resolve("gate")).exists();
            assertThat(own.resolve("state.json")).exists();

            for (String script : List.of(
                    "ls " + own,
                    "ls " + storeOf(ofRoot),
                    "cat " + own + "/state.json",
                    "echo {} > " + own + "/state.json",
                    ": > " + own + "/go",
                    ": <> " + own + "/gate",
                    "rm " + own + "/gate",
                    "mkdir " + storeOf(ofRoot) + "/planted",
                    "mv " + Host.stateOf(ofRoot) + " " + Host.stateOf(ofRoot) + ".mine")) {
                assertThat(shell(script)).as(script).isNotZero();
            }

            assertThat(ProcFiles.read(gated, "comm")).startsWith("corral-gate");
        }
        try (Host host = Host.open(ofRoot)) {
            host.containers().recover();
        }
    }

    /** Where everybody may write, as in {@code /tmp}, nobody makes root's directory before root does. */
    @Test
    void stateOfAnotherUser_rootDoesNotBelieveIt() throws Exception {
        Process run = runWeb();
        Path planted = Files.createDirectories(storeOf(ofNobody).resolve("web"));
        Files.copy(storeOf(ofRoot).resolve("web/state.json"), planted.resolve("state.json"));
        give(storeOf(ofNobody));
        give(planted);

        try (Cli led = new Cli(ofNobody)) {
            for (String command : STEERING) {
                assertRemedy(led.run(command, "web"));
            }
            assertRemedy(led.run("update", "web", "--cpus", "0.2"));
            assertRemedy(led.run("ls"));
            Result another = led.run("run", "--", "true");
            assertThat(another.code()).isEqualTo(125);
            assertThat(another.err()).contains("CORRAL_RUNTIME_DIR");
        }
        assertUntouched(run);
    }

    /** A link of nobody's to a directory of root's own, in a directory where everybody may make links. */
    @Test
    void linkOfAnotherUserOnTheWay_rootMakesNothingThere() throws Exception {
        Path shared = Files.createDirectory(ofRoot.runtimeDirectory().resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setAttribute(shared, "unix:mode", 01777);
        Path elsewhere = Files.createDirectory(ofRoot.runtimeDirectory().resolve("elsewhere"));
        TestRoot led = new TestRoot(ofRoot.name(), shared.resolve("corral"));
        give(Files.createSymbolicLink(led.runtimeDirectory(), elsewhere));

        try (Cli corral = new Cli(led)) {
            for (String command : List.of("run", "events")) {
                Result result = command.equals("run") ? corral.run("run", "--", "true") : corral.run(command);
                assertThat(result.code()).as(command).isEqualTo(125);
                assertThat(result.err()).contains(led.runtimeDirectory().toString(), "CORRAL_RUNTIME_DIR");
            }
        }
        assertThat(elsewhere).isEmptyDirectory();
    }
}
