package org.corral.benchmarks.density;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.corral.benchmarks.FiveFiles;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.containerizer.ContainerSampler;
import org.corral.harness.Cancellation;
import org.corral.harness.Footprint;
import org.corral.harness.OwnProcess;
import org.corral.harness.Progress;
import org.corral.linux.Linux;

/** One run from nothing to nothing. Confined to one thread. */
final class DensityRun {

    private static final int FEW = 10;
    private static final Set<UsageColumn> COLUMNS = FiveFiles.columns(true);

    private final Linux linux;
    private final Scenario scenario;
    private final Limits limits;
    private final Cancellation cancellation;
    private final Progress.Display display;

    DensityRun(Linux linux, Scenario scenario, Limits limits, Cancellation cancellation, Progress.Display display) {
        this.linux = linux;
        this.scenario = scenario;
        this.limits = limits;
        this.cancellation = cancellation;
        this.display = display;
    }

    /** {@return a short run of few containers} It loads the classes, which else would count as what containers take. */
    DensityRun warmUp() {
        Scenario few = new Scenario(FEW, Duration.ofSeconds(2), Duration.ofSeconds(1), scenario.seed(), 1);
        return new DensityRun(linux, few, limits, cancellation, Progress.Display.NOWHERE);
    }

    /**
     * Launches, samples, updates, kills and destroys.
     *
     * @return what was measured
     */
    Figures run() throws IOException {
        Figures.Setting setting = Figures.Setting.of(scenario);
        int descriptors = OwnProcess.descriptors();
        DensityHost host = new DensityHost(linux);
        Cleanup cleanup = new Cleanup(host, display, descriptors);
        Lived lived;
        try (cleanup) {
            lived = live(host);
        }
        return new Figures(
                setting,
                lived.launch,
                lived.state,
                lived.container,
                lived.sampler,
                lived.rows,
                lived.agent,
                cleanup.seconds(),
                cleanup.left());
    }

    private record Lived(
            Figures.Launch launch,
            Figures.SteadyState state,
            Figures.PerContainer container,
            Figures.PerContainer sampler,
            Figures.PerContainer rows,
            Figures.Agent agent) {}

    private Lived live(DensityHost host) throws IOException {
        Random random = new Random(scenario.seed());
        Launches launches = new Launches(host.containers(), limits, cancellation);
        Footprint empty = Footprint.now();
        try (Progress progress = display.begin("launch", scenario.containers())) {
            launches.run(scenario, random, progress);
        }
        Footprint full = Footprint.now();
        Figures.PerContainer rows = rows(host);
        try (ContainerSampler sampler = host.corral().sampler(COLUMNS);
                Progress progress = display.begin("sample", scenario.passes())) {
            sampler.follow();
            sampler.usage().sampleAll(); // opens their files
            Footprint sampled = Footprint.now();
            SteadyState steady = new SteadyState(scenario, host, limits, cancellation);
            return new Lived(
                    launches.figures(),
                    steady.run(sampler, launches.victims(), random, progress),
                    Figures.PerContainer.between(empty, full, scenario.containers()),
                    Figures.PerContainer.between(full, sampled, scenario.containers()),
                    rows,
                    Figures.Agent.of(empty, sampled, scenario.containers()));
        }
    }

    private static Figures.PerContainer rows(DensityHost host) throws IOException {
        try (SamplerRows rows = new SamplerRows(host, COLUMNS)) {
            return rows.measure();
        }
    }
}
