package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Corral in the hands of a user who may not make cgroups, from a copy that this user can read. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.SETPRIV})
class NonRootIT {

    private Nobody nobody;
    private Path own;
    private Cli corral;

    @BeforeEach
    void open(TestRoot root) throws IOException {
        nobody = new Nobody(root);
        corral = new Cli(root, nobody.equip());
        own = root.runtimeDirectory().resolve("own");
        Nobody.makeOwn(own);
    }

    @AfterEach
    void close() throws Exception {
        corral.close();
        nobody.close();
        new FileTrace(own).remove();
    }

    @Test
    void run_always_measuresAndSaysSo() throws Exception {
        Result result = Cli.result(asNobody("run", "--mem", "64M", "--report", "-", "--", "sh", "-c", "id -u; exit 3"));
        assertThat(result.code()).as(result.err()).isEqualTo(3);
        assertThat(result.out())
                .startsWith(Nobody.ID + "\n")
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
        return corral.startBehind(Nobody.PREFIX, command, arguments);
    }
}
