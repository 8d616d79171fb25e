package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agents with a mixed load killed at random instants, recovery included: each next one finds what the one before had launched.
 * {@code -Dcorral.it.kills=200} kills more often than the {@value #KILLS} of every run; {@code -Dcorral.it.seed} repeats one.
 */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.FREEZER, Need.CPU, Need.MEMORY, Need.PIDS})
class KilledAtRandomIT {

    private static final Logger LOG = LoggerFactory.getLogger(KilledAtRandomIT.class);
    private static final int KILLS = 12;
    private static final int KEPT = 4;

    @Test
    void recover_agentsKilledAtRandom_nothingIsLostAndNothingLeft(TestRoot root) throws Exception {
        int kills = Integer.getInteger("corral.it.kills", KILLS);
        long seed = Long.getLong("corral.it.seed", System.nanoTime());
        KilledAgents agents = new KilledAgents(root, new Random(seed));
        Ledger ledger = agents.ledger();
        for (int i = 1; i <= kills; i++) {
            agents.killOne(i < kills ? KEPT : 0);
            assertThat(ledger.faults()).as("seed %s: %s", seed, ledger).isEmpty();
        }
        LOG.info("{}", ledger);
        System.out.println(ledger);
    }
}
