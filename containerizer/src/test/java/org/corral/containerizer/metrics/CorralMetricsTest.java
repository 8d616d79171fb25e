package org.corral.containerizer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.Isolation;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.linux.FdBudget;
import org.corral.linux.Kept;
import org.corral.linux.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real processes, and without cgroups. */
@Timeout(120)
class CorralMetricsTest {

    private static final ContainerId ID = ContainerId.of("c");

    @TempDir
    Path directory;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Corral corral;
    private Containerizer containers;

    @BeforeEach
    void open() throws Exception {
        corral = Corral.open(
                Linux.ofThisHost(),
                CorralOptions.defaults(directory.resolve("corral"))
                        .withRoot("/corral-unit-test")
                        .withIsolation(Isolation.parse("posix/cpu,posix/mem")));
        containers = corral.containerizer();
        new CorralMetrics(corral).bindTo(registry);
    }

    @AfterEach
    void close() {
        corral.close();
        registry.close();
    }

    private static LaunchRequest command(String... words) {
        return LaunchRequest.builder(List.of(words)).build();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private void launchInVain(String program) {
        assertThatThrownBy(() -> containers.launch(ID, command(program))).isInstanceOf(LaunchException.class);
    }

    @Test
    void bindTo_containersComeAndGo_metersTellIt() throws Exception {
        containers.launch(ID, command("/bin/sleep", "1000"));
        assertThat(gauge("corral.containers")).isEqualTo(1);
        assertThat(gauge("corral.poller.descriptors")).isPositive();

        containers.destroy(ID).toCompletableFuture().get();
        containers.launch(ID, command("/bin/true"));
        containers.wait(ID).toCompletableFuture().get();

        assertThat(gauge("corral.containers")).isZero();
        assertThat(count("corral.containers.launches")).isEqualTo(2);
        assertThat(count("corral.containers.ends", "reason", "destroyed")).isEqualTo(1);
        assertThat(count("corral.containers.ends", "reason", "exited")).isEqualTo(1);
        assertThat(count("corral.containers.end.failures")).isZero();
    }

    @Test
    void bindTo_launchFails_isCountedByItsStage() {
        launchInVain("/no/such/program");

        double failures = registry.get("corral.containers.launch.failures").functionCounters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
        assertThat(failures).isEqualTo(1);
        assertThat(count("corral.containers.launches")).isZero();
    }

    @Test
    void bindTo_descriptorsShort_metersTellIt() throws Exception {
        FdBudget none = new FdBudget(1, count -> 1);
        Linux shortOfDescriptors = new Linux(Linux.ofThisHost().syscalls(), Path.of("/"), none);
        CorralOptions options = CorralOptions.defaults(directory.resolve("other"))
                .withRoot("/corral-unit-test")
                .withIsolation(Isolation.parse("posix/cpu"));
        try (Corral other = Corral.open(shortOfDescriptors, options);
                Numbered kept = new Numbered(none)) {
            new CorralMetrics(other, Tags.of("root", "other")).bindTo(registry);
            kept.hold();
            kept.release();

            assertThat(count("corral.descriptors.refused", "root", "other")).isEqualTo(1);
            assertThat(count("corral.descriptors.given.up", "root", "other")).isZero();
            assertThat(registry.get("corral.descriptors.kept")
                            .tags("root", "other")
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    /** Opens nothing, but says what number it would have. */
    private static final class Numbered extends Kept {

        Numbered(FdBudget budget) {
            super(budget);
        }

        @Override
        protected int open() {
            return 1;
        }

        @Override
        protected void letGo() {}
    }

    @Test
    void bindTo_pollerHasWorked_itsTimesAreTold() throws Exception {
        containers.launch(ID, command("/bin/true"));
        containers.wait(ID).toCompletableFuture().get();
        corral.close(); // a round is counted when the poller is back from it

        FunctionTimer latency = registry.get("corral.poller.latency").functionTimer();
        assertThat(latency.count()).isPositive();
        assertThat(latency.totalTime(TimeUnit.SECONDS)).isPositive();
        assertThat(registry.get("corral.poller.latency.max").timeGauge().value(TimeUnit.SECONDS))
                .isPositive()
                .isLessThanOrEqualTo(latency.totalTime(TimeUnit.SECONDS));
    }

    @Test
    void bindTo_noEvents_queuesAreEmptyAndDescriptorsTold() {
        assertThat(gauge("corral.events.waiting")).isZero();
        assertThat(count("corral.events.dropped")).isZero();
        assertThat(count("corral.containers.oom.killed", "cause", "own-limit")).isZero();
        assertThat(count("corral.containers.memory.pressure", "level", "low")).isZero();
        assertThat(gauge("process.files.open")).isPositive();
    }

    @Test
    void bindTo_severalAgents_areToldApartByTheirTags() {
        new CorralMetrics(corral, Tags.of("root", "/other")).bindTo(registry);

        assertThat(registry.get("corral.containers").gauges()).hasSize(2);
        assertThat(registry.get("corral.containers.ends")
                        .tags("root", "/other", "reason", "timeout")
                        .functionCounters())
                .hasSize(1);
    }

    @Test
    void bindTo_manyContainers_areNoTags() throws Exception {
        int before = registry.getMeters().size();
        for (int i = 0; i < 5; i++) {
            containers.launch(ContainerId.of("many-" + i), command("/bin/true"));
        }

        assertThat(registry.getMeters()).hasSize(before);
        assertThat(registry.getMeters()).extracting(Meter::getId).noneMatch(id -> id.toString()
                .contains("many-"));
        for (int i = 0; i < 5; i++) {
            containers.wait(ContainerId.of("many-" + i)).toCompletableFuture().get();
        }
    }

    @Test
    void close_agent_lastCountsCanBeRead() throws Exception {
        containers.launch(ID, command("/bin/true"));
        containers.wait(ID).toCompletableFuture().get();

        corral.close();

        assertThat(count("corral.containers.launches")).isEqualTo(1);
        assertThat(gauge("corral.containers")).isZero();
    }
}
