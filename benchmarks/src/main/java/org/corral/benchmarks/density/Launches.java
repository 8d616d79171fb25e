package org.corral.benchmarks.density;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.harness.Cancellation;
import org.corral.harness.Progress;

/** Launches containers one after the other. Confined to one thread. */
final class Launches {

    private final Containerizer containers;
    private final Limits limits;
    private final Cancellation cancellation;
    private final Durations each = new Durations();
    private final Set<ContainerId> victims = new LinkedHashSet<>();
    private long tookNanos;

    Launches(Containerizer containers, Limits limits, Cancellation cancellation) {
        this.containers = containers;
        this.limits = limits;
        this.cancellation = cancellation;
    }

    /**
     * Launches them.
     *
     * @param random says which of them can run out of memory
     */
    void run(Scenario scenario, Random random, Progress progress) throws IOException {
        Set<Integer> chosen = random.ints(0, scenario.containers())
                .distinct()
                .limit(scenario.victims())
                .collect(LinkedHashSet::new, Set::add, Set::addAll);
        long began = System.nanoTime();
        for (int number = 0; number < scenario.containers(); number++) {
            cancellation.check();
            launch(ContainerId.of("c" + number), chosen.contains(number));
            progress.step();
        }
        tookNanos = System.nanoTime() - began;
    }

    private void launch(ContainerId id, boolean victim) throws IOException {
        long start = System.nanoTime();
        containers.launch(id, limits.launch(victim));
        each.record(System.nanoTime() - start);
        if (victim) {
            victims.add(id);
        }
    }

    /** {@return those that can run out of memory} */
    Set<ContainerId> victims() {
        return victims;
    }

    /** {@return the figures of the launches until now} */
    Figures.Launch figures() {
        double seconds = tookNanos / (double) TimeUnit.SECONDS.toNanos(1);
        Percentiles percentiles = each.percentiles();
        return new Figures.Launch(seconds, percentiles.count() / seconds, percentiles);
    }
}
