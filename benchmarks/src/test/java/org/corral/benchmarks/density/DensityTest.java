package org.corral.benchmarks.density;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.harness.Cancellation;
import org.corral.linux.Linux;
import org.corral.testing.Background;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DensityTest {

    @TempDir
    private Path folder;

    private final Linux linux = Linux.ofThisHost();
    private final Cancellation cancellation = Cancellation.atShutdown("corral-density");
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private int execute(String... arguments) {
        return Density.execute(
                new PrintStream(shown, true, UTF_8), new PrintStream(told, true, UTF_8), cancellation, arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | N 0 is not usable: give a number of containers of 1 or more",
                "-3 | N -3 is not usable",
                "many | 'many' is not an int",
                "10 --seconds 0 | --seconds 0 is not usable: give 1 or more",
                "10 --update-every 0 | --update-every 0 is not usable",
                "10 --cpu-share 0 | --cpu-share 0.0 is not usable: give a part of a CPU above 0",
                "10 --json /nowhere/at/all.json | /nowhere/at/all.json cannot be written"
            })
    void execute_unusableArgument_isNamedAndNothingIsMade(String arguments, String message) throws IOException {
        assertThat(execute(arguments.split(" ", -1))).isEqualTo(125);

        assertThat(told.toString(UTF_8)).contains(message);
        assertThat(cgroups()).isEmpty();
    }

    @Test
    void execute_fewContainers_measuresAllAndLeavesNothing() throws IOException {
        assumeRoot();
        Path json = folder.resolve("figures.json");
        Path plot = folder.resolve("plot.svg");

        int status = execute("10", "--seconds=3", "--update-every=1", "--seed=7", "--json=" + json, "--plot=" + plot);

        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(told.toString(UTF_8)).contains("seed 7");
        assertThat(figures.at("/left")).allMatch(count -> count.asInt() == 0);
        assertThat(figures.at("/launch/each/count").asInt()).isEqualTo(10);
        assertThat(figures.at("/sampling/run").asInt()
                        + figures.at("/sampling/missed").asInt())
                .isGreaterThanOrEqualTo(3);
        assertThat(figures.at("/passes")).hasSize(figures.at("/sampling/run").asInt());
        assertThat(figures.at("/updates/rounds").asInt()).isPositive();
        assertThat(figures.at("/updates/failed").asInt()).isZero();
        assertThat(figures.at("/oomKills/asked").asInt()).isEqualTo(1);
        assertThat(figures.at("/oomKills/told").asInt()).isEqualTo(1);
        assertThat(figures.at("/oomKills/killToEvent/p50Micros").asLong()).isPositive();
        assertThat(figures.at("/container/descriptors").asDouble()).isPositive();
        assertThat(Files.readString(plot)).contains("<svg", "polyline");
        assertThat(shown.toString(UTF_8)).contains("kill to event");
        boolean isKept = figures.at("/sampling/missed").asInt()
                        + figures.at("/sampling/skipped").asInt()
                == 0;
        assertThat(status).isEqualTo(isKept ? 0 : 1); // a host that stands still misses passes
        assertThat(cgroups()).isEmpty();
    }

    @Test
    void execute_interruptedMeanwhile_destroysAll() throws IOException {
        assumeRoot();
        CompletableFuture<Integer> status = Background.supply(() -> execute("10", "--seconds=600"));
        while (cgroups().isEmpty() && !status.isDone()) {
            Thread.onSpinWait();
        }

        cancellation.ask();

        assertThat(status.join()).isEqualTo(130);
        assertThat(told.toString(UTF_8)).contains("interrupted").doesNotContain("left behind");
        assertThat(cgroups()).isEmpty();
    }

    /** The cgroups of runs in this virtual machine. */
    private List<Path> cgroups() throws IOException {
        Path root = LayoutDiscovery.discover(linux)
                .hierarchyOf(Controller.MEMORY)
                .orElseThrow()
                .mountPoint()
                .resolve("corral-density-" + linux.processes().pid());
        return Files.exists(root) ? List.of(root) : List.of();
    }

    /** Where root is required, as in CI, this is not skipped. */
    private void assumeRoot() {
        boolean isRoot = linux.processes().effectiveUserId() == 0;
        if (List.of(System.getenv().getOrDefault("CORRAL_REQUIRED_NEEDS", "").split(",", -1))
                .contains("ROOT")) {
            assertThat(isRoot)
                    .as("this is root, as CORRAL_REQUIRED_NEEDS has it")
                    .isTrue();
        } else {
            assumeTrue(isRoot, "cgroups are made by root alone");
        }
    }
}
