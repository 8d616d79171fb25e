package org.corral.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.corral.core.ContainerId;
import org.corral.harness.Cancellation;

/**
 * An agent that takes random steps round after round and stays the same one, as what an agent keeps too long only shows in one that
 * lives long. Closing it ends all containers. Confined to one thread.
 */
final class SoakAgent implements AutoCloseable {

    private final TestRoot root;
    private final Random random;
    private final Cancellation cancellation;
    private final SoakTally tally;
    private final SoakModel model = new SoakModel();
    private final SoakHands hands;
    private Host host;

    SoakAgent(TestRoot root, Random random, Cancellation cancellation, SoakTally tally) throws IOException {
        this.root = root;
        this.random = random;
        this.cancellation = cancellation;
        this.tally = tally;
        this.host = Host.open(root, KilledAgents::exclusive);
        host.containers().recover();
        this.hands = new SoakHands(root, host, model, random);
    }

    /**
     * Takes so many steps, then compares host and model.
     *
     * @throws CancellationException as soon as the soak is to end
     */
    void round(int steps) throws Exception {
        long began = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            cancellation.check();
            step();
        }
        compare();
        tally.stepped(System.nanoTime() - began);
    }

    private void step() {
        SoakStep step = SoakStep.any(random);
        while (!model.allows(step)) {
            step = SoakStep.any(random);
        }
        try {
            tally.taken(step);
            tally.wrong(hands.take(step));
        } catch (IOException | RuntimeException e) {
            tally.wrong(List.of(step + " failed: " + e));
        }
    }

    /** Compares host and model as they are, when no end is under way. */
    void compare() throws Exception {
        tally.wrong(hands.settle());
        SoakComparison comparison = new SoakComparison(root, model);
        tally.wrong(Eventually.left(() -> comparison.differences(host)));
        tally.compared();
    }

    /** Leaves the containers to another agent, which must find them as they are. */
    void restart() throws Exception {
        host.leave();
        host.close();
        host = Host.open(root, KilledAgents::exclusive);
        Set<ContainerId> found = host.containers().recover();
        if (!found.equals(model.pids().keySet())) {
            tally.wrong(
                    List.of("recovered " + found + " and not " + model.pids().keySet()));
        }
        hands.goOn(host);
        compare();
    }

    /** Ends all containers: none may be left. */
    void clear() throws Exception {
        for (SoakContainer container : new ArrayList<>(model.running())) {
            tally.wrong(hands.destroy(container));
        }
        compare();
    }

    @Override
    public void close() throws IOException {
        host.close();
    }
}
