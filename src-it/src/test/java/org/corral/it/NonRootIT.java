package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Corral in the hands of a user who may not make cgroups, from a copy that this user can read. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.SETPRIV})
class NonRootIT {

    private static final int NOBODY = 65534;
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");

    private Path home;
    private Path own;
    private Cli corral;

    @BeforeEach
    void open(TestRoot root) throws IOException {
        Files.setPosixFilePermissions(root.runtimeDirectory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        home = Files.createDirectory(root.runtimeDirectory().resolve("home"));
        own = Files.createDirectory(root.runtimeDirectory().resolve("own"));
        Files.setAttribute(Files.createDirectory(Host.stateOf(root)), "unix:uid", NOBODY);
        Files.setPosixFilePermissions(Host.stateOf(root), PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(own, "unix:uid", NOBODY);
        copy(Cli.HOME);
        corral = new Cli(root, home.resolve("corral").toString());
    }

    private void copy(Path source) throws IOException {
        Path target = Path.of("containerizer", "target");
        Files.createDirectories(home.resolve(target).resolve("lib"));
        List<Path> files = new ArrayList<>(List.of(Path.of("corral")));
        try (Stream<Path> jars = Files.list(source.resolve(target));
                Stream<Path> libraries = Files.list(source.resolve(target).resolve("lib"))) {
            Stream.concat(jars, libraries)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .forEach(file -> files.add(source.relativize(file)));
        }
        for (Path file : files) {
            Files.copy(source.resolve(file), home.resolve(file));
        }
    }

    @AfterEach
    void close() throws Exception {
        corral.close();
        new FileTrace(home).remove();
        new FileTrace(own).remove();
    }

    @Test
    void run_always_measuresAndSaysSo() throws Exception {
        Result result = Cli.result(asNobody("run", "--mem", "64M", "--report", "-", "--", "sh", "-c", "id -u; exit 3"));
        assertThat(result.code()).as(result.err()).isEqualTo(3);
        assertThat(result.out())
                .startsWith(NOBODY + "\n")
                .contains("\"posix/cpu\"")
                .contains("\"posix/mem\"");
        assertThat(result.err()).contains("not enforced").contains("posix/cpu,posix/mem");
    }

    @Test
    void run_cgroupsAskedForByName_refused() throws Exception {
        Result result = Cli.result(asNobody("run", "--isolation", "cgroups/mem", "--", "true"));
        assertThat(result.code()).isEqualTo(125);
        assertThat(result.err()).contains("/sys/fs/cgroup");
    }

    @Test
    void run_otherUser_refused() throws Exception {
        Result result = Cli.result(asNobody("run", "--user", "root", "--", "true"));
        assertThat(result.code()).isEqualTo(125);
        assertThat(result.err()).contains("root");
    }

    @Test
    void destroy_severalProcesses_theWholeSessionEnds() throws Exception {
        Path pids = own.resolve("pids");
        String script = "sleep 1000 & a=$!; (sleep 1000 & echo $! >> " + pids + "); echo $$ $a >> " + pids + "; wait";
        Process run = asNobody("run", "--id", "family", "--", "sh", "-c", script);
        Eventually.holds("all run", () -> Files.exists(pids) && words(pids).size() == 3);
        List<String> all = words(pids);
        assertThat(Cli.result(asNobody("destroy", "family")).code()).isZero();
        assertThat(Cli.result(run).code()).isEqualTo(137);
        assertThat(all).noneMatch(pid -> ProcFiles.isAlive(Integer.parseInt(pid)));
    }

    private static List<String> words(Path file) throws IOException {
        return List.of(Files.readString(file).strip().split("\\s+"));
    }

    private Process asNobody(String command, String... arguments) throws IOException {
        return corral.startBehind(AS_NOBODY, command, arguments);
    }
}
