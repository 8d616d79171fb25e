package org.corral.benchmarks.density;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.sample.Sampling;
import org.corral.cgroup.sample.SamplingPlan;
import org.corral.cgroup.sample.SamplingProgress;
import org.corral.containerizer.ContainerSampler;
import org.corral.core.ContainerId;
import org.corral.harness.Cancellation;
import org.corral.harness.Progress;

/** What an agent does while its containers live: all are sampled and updated, and some run out of memory. Confined to one thread. */
final class SteadyState {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(10);

    /** So many times what is planned: then the passes do not come any more. */
    private static final int TOO_LONG = 2;

    private static final long GRACE = TimeUnit.SECONDS.toNanos(10);

    private final Scenario scenario;
    private final DensityHost host;
    private final Limits limits;
    private final Cancellation cancellation;
    private final Set<ContainerId> living = ConcurrentHashMap.newKeySet();

    /** Does nothing yet. */
    SteadyState(Scenario scenario, DensityHost host, Limits limits, Cancellation cancellation) {
        this.scenario = scenario;
        this.host = host;
        this.limits = limits;
        this.cancellation = cancellation;
        living.addAll(host.containers().containers());
    }

    /**
     * Lasts as long as is planned, or until the last kill.
     *
     * @param sampler of all containers
     * @param victims those that can run out of memory
     * @param random says when
     */
    Figures.SteadyState run(ContainerSampler sampler, Set<ContainerId> victims, Random random, Progress progress)
            throws IOException {
        SamplingPlan plan = SamplingPlan.USUAL.withCpuShare(scenario.cpuShare());
        long ownCpu = THREADS.getCurrentThreadCpuTime();
        Effort before = Effort.now();
        PassRecorder passes = new PassRecorder(progress);
        try (OomWitness witness = new OomWitness(host, cancellation);
                Updates updates = new Updates(host.containers(), limits, living)) {
            updates.start(scenario.updateEvery());
            OomKills kills = new OomKills(witness, living, sampler, cancellation);
            Sampling sampling = Sampling.start(sampler.usage(), plan, passes);
            try (sampling) {
                kills.run(victims, scenario.time().toNanos(), random);
                awaitPasses(sampling);
            }
            SamplingProgress kept = sampling.progress(); // closed, so that what is recorded is as much
            Effort effort = Effort.now().since(before);
            return new Figures.SteadyState(
                    sampled(kept, passes),
                    cpu(effort, kept.cpu(), updates.cpuNanos(), THREADS.getCurrentThreadCpuTime() - ownCpu),
                    new Figures.Garbage(effort.collections(), effort.collectionMillis()),
                    updates.figures(),
                    witness.figures(),
                    passes.points());
        }
    }

    private void awaitPasses(Sampling sampling) {
        long latest = System.nanoTime() + TOO_LONG * scenario.time().toNanos() + GRACE;
        while (hasToCome(sampling.progress()) && System.nanoTime() < latest) {
            cancellation.pauseUntil(System.nanoTime() + BETWEEN_LOOKS);
        }
    }

    private boolean hasToCome(SamplingProgress progress) {
        return progress.passes() + progress.missed() < scenario.passes();
    }

    private Figures.Passes sampled(SamplingProgress kept, PassRecorder passes) {
        return new Figures.Passes(scenario.passes(), kept.passes(), kept.missed(), kept.skipped(), passes.times());
    }

    private static Figures.Cpu cpu(Effort effort, Duration sampler, long updates, long witness) {
        return new Figures.Cpu(
                effort.cpuShare(), effort.shareOf(sampler.toNanos()), effort.shareOf(updates), effort.shareOf(witness));
    }
}
