package org.corral.benchmarks.density;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Random;
import java.util.Set;
import org.corral.containerizer.ContainerSampler;
import org.corral.core.ContainerId;
import org.corral.harness.Cancellation;

/** Lets containers run out of memory, one after the other at random moments. Confined to one thread. */
final class OomKills {

    /** Not in the last tenth, so that the latest is over with the run. */
    private static final double LATEST = 0.9;

    private final OomWitness witness;
    private final Set<ContainerId> living;
    private final ContainerSampler sampler;
    private final Cancellation cancellation;

    /**
     * Does nothing yet.
     *
     * @param living loses those that are killed
     * @param sampler samples those no more that are gone
     */
    OomKills(OomWitness witness, Set<ContainerId> living, ContainerSampler sampler, Cancellation cancellation) {
        this.witness = witness;
        this.living = living;
        this.sampler = sampler;
        this.cancellation = cancellation;
    }

    /** Kills them from now on within some time. It takes longer if the kernel cannot kill so fast. */
    void run(Collection<ContainerId> victims, long withinNanos, Random random) throws IOException {
        long began = System.nanoTime();
        long[] moments = random.doubles(victims.size(), 0, LATEST)
                .mapToLong(part -> (long) (part * withinNanos))
                .toArray();
        Arrays.sort(moments);
        Iterator<ContainerId> next = victims.iterator();
        for (long moment : moments) {
            cancellation.pauseUntil(began + moment);
            ContainerId victim = next.next();
            living.remove(victim);
            witness.seeKilled(victim);
            sampler.remove(victim);
        }
    }
}
