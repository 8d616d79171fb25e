package org.corral.benchmarks.density;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.Controller;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvents;
import org.corral.harness.Cancellation;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a container run out of memory and measures how soon that is told. The kernel does not tell when it kills, so this looks at its
 * count again and again; the clock starts at the last look that found no kill. So what is measured is never too short, and too long
 * by the time between two looks at most: a tenth of a millisecond on a host that is not busy. Confined to one thread.
 */
final class OomWitness implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OomWitness.class);
    private static final int SIGCONT = 18;
    private static final long BETWEEN_LOOKS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final DensityHost host;
    private final Cancellation cancellation;
    private final OomEvents events = new OomEvents();
    private final ContainerEvents.Subscription subscription;
    private final Durations toEvent = new Durations();
    private final Durations toGone = new Durations();
    private int asked;

    /** Listens to the events from now on. */
    OomWitness(DensityHost host, Cancellation cancellation) {
        this.host = host;
        this.cancellation = cancellation;
        this.subscription = host.corral().events().subscribe(events);
    }

    /** Lets a container go on that takes all memory it can get, and waits until nothing is left of it. */
    void seeKilled(ContainerId id) throws IOException {
        asked++;
        OomEvents.Expected moments = events.expect(id);
        try (Cgroup cgroup = host.tree().open(id.value()).orElseThrow(() -> new IOException("no cgroup of " + id))) {
            MemoryController memory =
                    MemoryController.of(cgroup.files(Controller.MEMORY).orElseThrow());
            host.containers().kill(id, SIGCONT);
            long notBefore = lastLookBeforeKill(memory);
            toEvent.record(await(moments.killed()) - notBefore);
            toGone.record(await(moments.gone()) - notBefore);
        } catch (TimeoutException e) {
            LOG.warn("no OOM kill of {} was told within {} s", id, TimeUnit.NANOSECONDS.toSeconds(PATIENCE), e);
        }
    }

    private long lastLookBeforeKill(MemoryController memory) throws IOException, TimeoutException {
        long began = System.nanoTime();
        long look = began;
        long unseen = began;
        while (!isKilled(memory)) {
            unseen = look;
            if (look - began > PATIENCE) {
                throw new TimeoutException("the kernel counts no kill");
            }
            cancellation.pauseUntil(look + BETWEEN_LOOKS);
            look = System.nanoTime();
        }
        return unseen;
    }

    /** A cgroup that is gone was removed after its kill. */
    private static boolean isKilled(MemoryController memory) throws IOException {
        try {
            return !memory.events().oomKill().equals(OptionalLong.of(0)); // not there either when it is being removed
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE) {
                return true;
            }
            throw e;
        }
    }

    private static long await(CompletableFuture<Long> moment) throws IOException, TimeoutException {
        try {
            return moment.get(PATIENCE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an event was waited for", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    Figures.OomKills figures() {
        return new Figures.OomKills(
                asked, toEvent.percentiles().count(), events.missed(), toEvent.percentiles(), toGone.percentiles());
    }

    /** Listens no more. */
    @Override
    public void close() {
        subscription.close();
    }
}
