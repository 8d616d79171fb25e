package org.corral.it;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.corral.harness.Cancellation;
import org.corral.harness.Footprint;
import org.corral.harness.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A soak from nothing to nothing, in rounds: an agent is killed and recovered from, then another takes random steps, the host is
 * compared with the model, and what both processes and kernel hold is noted. Confined to one thread.
 */
final class SoakRun {

    private static final Logger LOG = LoggerFactory.getLogger(SoakRun.class);

    /** Containers that a killed agent leaves to the next. */
    private static final int KEPT = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TestRoot killed;
    private final TestRoot lasting;
    private final SoakPlan plan;
    private final Cancellation cancellation;
    private final Progress progress;
    private final SoakTally tally = new SoakTally();
    private final KilledAgents agents;
    private final Random random;
    private final long began = System.nanoTime();
    private long secondsShown;
    private int rounds;

    /**
     * Does nothing yet.
     *
     * @param root of the agents that are killed; that of the one that lasts has a name beside it
     * @param progress with a step a second
     */
    SoakRun(TestRoot root, SoakPlan plan, Cancellation cancellation, Progress progress) {
        this.killed = root;
        this.lasting = new TestRoot(root.name() + "-lasting", root.runtimeDirectory());
        this.plan = plan;
        this.cancellation = cancellation;
        this.progress = progress;
        this.random = new Random(plan.seed());
        this.agents = new KilledAgents(killed, random);
    }

    /**
     * Runs until the time is over, or until a round in which something was wrong.
     *
     * @return what was found
     */
    SoakFigures run() throws Exception {
        List<Leaks> leaks = List.of(Leaks.watch(killed), Leaks.watch(lasting));
        DyingCgroups dying = DyingCgroups.since();
        List<String> left = new ArrayList<>();
        try {
            soak(dying);
        } finally {
            agents.recover(0);
            Zombies.reap();
            left.addAll(left(leaks));
            left.forEach(each -> LOG.error("left behind: {}", each));
        }
        return figures(left);
    }

    /** Both see the processes, files and descriptors of this one virtual machine. */
    private static List<String> left(List<Leaks> leaks) throws IOException {
        Set<String> left = new LinkedHashSet<>();
        for (Leaks each : leaks) {
            left.addAll(each.remove(PATIENCE));
        }
        return List.copyOf(left);
    }

    private void soak(DyingCgroups dying) throws Exception {
        try (SoakAgent agent = new SoakAgent(lasting, random, cancellation, tally)) {
            while (isGoingOn()) {
                round(agent, dying);
            }
            agent.round(plan.steps());
            agent.restart();
            agent.clear();
        }
    }

    private boolean isGoingOn() {
        boolean isDue = rounds < plan.rounds()
                || System.nanoTime() - began < plan.time().toNanos();
        return isDue && tally.faults().isEmpty() && agents.ledger().faults().isEmpty();
    }

    private void round(SoakAgent agent, DyingCgroups dying) throws Exception {
        rounds++;
        cancellation.check();
        agents.killOne(KEPT);
        show();
        agent.round(plan.steps());
        agent.clear();
        tally.point(SoakPoint.of(seconds(), tally.steps(), Footprint.now(), dying.more()));
        show();
    }

    private double seconds() {
        return (System.nanoTime() - began) / NANOS;
    }

    private void show() {
        for (; secondsShown < Math.min(seconds(), (double) plan.time().toSeconds()); secondsShown++) {
            progress.step();
        }
    }

    private SoakFigures figures(List<String> left) throws IOException {
        tally.wrong(agents.ledger().faults());
        return new SoakFigures(
                SoakFigures.Setting.of(plan.seed(), seconds(), tally.stepNanos() / NANOS),
                tally.byKind(),
                rounds,
                agents.ledger().toString(),
                tally.comparisons(),
                List.copyOf(tally.faults()),
                List.copyOf(left),
                tally.points());
    }
}
