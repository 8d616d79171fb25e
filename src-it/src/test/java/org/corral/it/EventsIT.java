package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code corral events} in one terminal, containers in another. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.MEMORY, Need.PIDS})
@Timeout(180)
class EventsIT {

    private static final String HOG = "x=bytearray(256<<20)";

    private TestRoot root;
    private Cli corral;
    private Process events;
    private BufferedReader lines;

    @BeforeEach
    void listen(TestRoot own) throws Exception {
        root = own;
        corral = new Cli(root);
        events = corral.startBehind(List.of("env", "--default-signal=INT"), "events", "--json");
        lines = new BufferedReader(new InputStreamReader(events.getInputStream(), StandardCharsets.UTF_8));
        Eventually.holds("somebody listens", () -> listeners() == 1);
    }

    private long listeners() throws Exception {
        Path directory = Host.stateOf(root).resolve(root.stateFolder()).resolve(".listeners");
        if (Files.notExists(directory)) {
            return 0;
        }
        try (Stream<Path> fifos = Files.list(directory)) {
            return fifos.filter(path -> path.toString().endsWith(".fifo")).count();
        }
    }

    @AfterEach
    void close() throws Exception {
        events.destroy(); // SIGTERM: one that is killed leaves its FIFO to the next agent that tells something
        events.waitFor();
        corral.close();
    }

    /** {@return the kinds of a container's events until it is gone, each once where it follows itself} */
    private List<String> kindsUntilGone(String id) throws Exception {
        List<String> kinds = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            assertThat(line).contains("\"id\":\"" + id + "\"");
            String kind = line.replaceAll(".*\"event\":\"([a-z-]*)\".*", "$1");
            if (kinds.isEmpty() || !kinds.get(kinds.size() - 1).equals(kind)) {
                kinds.add(kind);
            }
            if (kind.equals("ended")) {
                return kinds;
            }
        }
        throw new AssertionError("events ended after " + kinds);
    }

    @Test
    void outOfMemory_isToldBeforeTheExitThatItCaused() throws Exception {
        corral.run("run", "--id", "hog", "--mem", "64M", "--", "python3", "-c", HOG);

        assertThat(kindsUntilGone("hog"))
                .startsWith("state")
                .containsSubsequence("oom-killed", "limitation", "exited", "ended");
    }

    @Test
    @Requires({Need.V1_MEMORY, Need.PYTHON3})
    void thresholdCrossed_isToldBothWays() throws Exception {
        String script = "import time; x=bytearray(48<<20); time.sleep(5); del x; time.sleep(5)";
        corral.run(
                "run",
                "--id",
                "wave",
                "--mem",
                "64M",
                "--isolator-option",
                "cgroups/mem:thresholds=50%",
                "--",
                "python3",
                "-c",
                script);

        List<String> told = new ArrayList<>();
        String line = lines.readLine();
        while (!line.contains("\"event\":\"ended\"")) {
            if (line.contains("memory-threshold")) {
                assertThat(line).contains("\"thresholdBytes\":" + (32 << 20));
                told.add(line.replaceAll(".*\"crossing\":\"?([a-z]*).*", "$1"));
            }
            line = lines.readLine();
        }
        assertThat(told).containsSubsequence("risen", "fallen");
    }

    @Test
    void forkRefused_isTold() throws Exception {
        corral.run("run", "--id", "forks", "--pids", "1", "--", "sh", "-c", "sleep 0 & wait");

        assertThat(kindsUntilGone("forks")).containsSubsequence("pids-limit", "exited", "ended");
    }

    @Test
    void launchFailed_isToldToBeGone() throws Exception {
        corral.run("run", "--id", "none", "--", "/no/such");

        assertThat(kindsUntilGone("none")).containsExactly("state", "ended");
    }

    @Test
    void severalAgents_areAllTold() throws Exception {
        List<Process> agents = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            agents.add(corral.start("run", "--id", "a" + i, "--", "true"));
        }
        for (Process agent : agents) {
            assertThat(Cli.result(agent).code()).isZero();
        }

        int gone = 0;
        while (gone < agents.size()) {
            gone += lines.readLine().contains("\"event\":\"ended\"") ? 1 : 0;
        }
        assertThat(gone).isEqualTo(agents.size());
    }

    @Test
    void interrupted_endsWithoutFailureAndLeavesNothing() throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(events.pid())).start().waitFor();

        assertThat(Cli.result(events).code()).isZero();
        assertThat(Host.stateOf(root).resolve(root.stateFolder())).doesNotExist();
    }
}
