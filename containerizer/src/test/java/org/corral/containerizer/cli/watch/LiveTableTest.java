package org.corral.containerizer.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.corral.containerizer.ContainerSampler;
import org.corral.containerizer.SamplerHost;
import org.corral.core.ContainerId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTableTest {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    @TempDir
    private Path directory;

    private final FakeScreen screen = new FakeScreen();
    private final End end = new End();
    private SamplerHost host;

    @BeforeEach
    void threeContainers() throws Exception {
        host = new SamplerHost(directory);
        host.launch("db", 3 << 20);
        host.launch("cache", 2 << 20);
        host.launch("web", 1 << 20);
    }

    private void run(String... chosen) throws Exception {
        try (ContainerSampler sampler = host.sampler(Watch.COLUMNS)) {
            WatchedContainers containers = new WatchedContainers(
                    sampler, List.of(chosen).stream().map(ContainerId::of).toList());
            new LiveTable(containers, INTERVAL, screen, screen::nanos).run(end);
        }
    }

    @Test
    void run_atFirst_byUseOfCpusAndThenByName() throws Exception {
        run();

        assertThat(screen.lines().get(0)).isEqualTo("3 containers, by CPU%, highest first");
        assertThat(screen.lines().get(1)).startsWith("ID  ").endsWith("SYSTEM(s)");
        assertThat(screen.ids()).containsExactly("cache", "db", "web");
        assertThat(screen.lines().get(5)).contains("quit: q").doesNotContain("more");
    }

    @Test
    void run_keys_sortAndReverseAtOnce() throws Exception {
        screen.type("m");
        run();
        assertThat(screen.ids()).containsExactly("db", "cache", "web");
        assertThat(screen.lines().get(0)).contains("by MEMORY, highest first");

        screen.type("mr");
        run();
        assertThat(screen.ids()).containsExactly("web", "cache", "db");

        screen.type("\u001b[D");
        run();
        assertThat(screen.ids()).containsExactly("cache", "db", "web");
        assertThat(screen.lines().get(0)).contains("by ID, a to z");
    }

    @Test
    void run_fewRows_showsTheFirstAndHowManyMore() throws Exception {
        screen.resize(5, 200);
        screen.type("m");
        run();

        assertThat(screen.ids()).containsExactly("db", "cache");
        assertThat(screen.lines()).hasSize(5);
        assertThat(screen.lines().get(4)).startsWith("+1 more  ");
    }

    @Test
    void run_hardlyAnyRows_showsNoMoreThanThere() throws Exception {
        screen.resize(2, 10);
        run();

        assertThat(screen.lines()).hasSize(2).allMatch(line -> line.length() <= 10);
    }

    @Test
    void run_narrow_leavesOutTheLastColumns() throws Exception {
        screen.resize(24, 60);
        run();

        assertThat(screen.lines()).allMatch(line -> line.length() <= 60);
        assertThat(screen.lines().get(1)).contains("CPU%", "MEMORY").doesNotContain("SYSTEM(s)");
    }

    @Test
    void run_resized_isDrawnAnewBeforeTheNextLook() throws Exception {
        screen.then(() -> screen.resize(4, 200));
        run();

        assertThat(screen.shown).hasSize(2);
        assertThat(screen.ids()).hasSize(1);
    }

    @Test
    void run_nothingNew_isNotDrawnAgain() throws Exception {
        screen.then(() -> {}).type("x");
        run();

        assertThat(screen.shown).as("at first, and after the interval").hasSize(2);
    }

    /** The rate needs two looks: the first has a dash. */
    @Test
    void run_afterTheInterval_looksAgain() throws Exception {
        host.setCpu("web", 0);
        screen.then(() -> change(() -> {
                    host.setCpu("web", 1_000_000_000);
                    host.launch("new", 0);
                    host.end("db");
                }))
                .then(() -> {});
        run();

        assertThat(screen.shown.get(0).get(4)).startsWith("web").containsPattern("^web +- ");
        assertThat(screen.ids()).first().isEqualTo("web");
        assertThat(screen.ids()).containsExactlyInAnyOrder("web", "cache", "new");
        assertThat(screen.lines().get(2)).containsPattern("^web +[0-9]+\\.[0-9] ");
    }

    @Test
    void run_withoutCgroup_isCountedAndNotShown() throws Exception {
        host.launchWithoutCgroup("bare");
        run();

        assertThat(screen.lines().get(0)).startsWith("3 containers and 1 without a cgroup (see 'corral stats')");
    }

    @Test
    void run_chosen_showsTheseAlone() throws Exception {
        run("db");

        assertThat(screen.ids()).containsExactly("db");
        assertThat(screen.lines().get(0)).startsWith("1 container,");
    }

    @Test
    void run_keyQ_ends() throws Exception {
        screen.type("q").type("m");
        run();

        assertThat(screen.shown).hasSize(1);
    }

    @Test
    void run_endComes_ends() throws Exception {
        screen.then(end::come).type("m");
        run();

        assertThat(screen.lines().get(0)).contains("CPU%");
    }

    private interface Change {
        void make() throws IOException;
    }

    private static void change(Change change) {
        try {
            change.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
