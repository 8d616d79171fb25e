package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.corral.containerizer.CorralOptions;
import org.corral.core.ContainerId;
import org.corral.linux.Feature;
import org.corral.linux.KernelFeatures;
import org.corral.linux.Linux;
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

    /** How much an agent does at most before it is killed, and how long that may take to happen. */
    private static final int LINES = 60;

    private static final int MICROS = 30_000;

    private final Ledger ledger = new Ledger();
    private final boolean told =
            KernelFeatures.probe(Linux.ofThisHost(), Feature.PIDFD_INFO_EXIT).isAvailable();

    @Test
    void recover_agentsKilledAtRandom_nothingIsLostAndNothingLeft(TestRoot root) throws Exception {
        int kills = Integer.getInteger("corral.it.kills", KILLS);
        long seed = Long.getLong("corral.it.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 1; i <= kills; i++) {
            ledger.note(runAndKill(root, i, random));
            recover(root, i < kills ? KEPT : 0);
            assertThat(ledger.faults()).as("seed %s: %s", seed, ledger).isEmpty();
        }
        LOG.info("{}", ledger);
        System.out.println(ledger);
    }

    /** A third of them while they recover what the one before left. */
    private static List<String> runAndKill(TestRoot root, int number, Random random) throws Exception {
        boolean early = random.nextInt(3) == 0;
        Path said = Files.createFile(root.runtimeDirectory().resolve("agent-" + number));
        try (ChildJvm agent = ChildJvm.start(
                MarkedProcesses.of(root).environment(),
                BusyAgent.class,
                root.name(),
                root.runtimeDirectory().toString(),
                String.valueOf(number),
                said.toString())) {
            int lines = random.nextInt(LINES);
            Eventually.holds("it works", () -> hasComeTo(Files.readAllLines(said), early, lines));
            TimeUnit.MICROSECONDS.sleep(random.nextInt(MICROS));
            agent.kill();
            return Files.readAllLines(said);
        } finally {
            Files.delete(said);
        }
    }

    /** By what it has done and not by the clock: hosts differ in speed. */
    private static boolean hasComeTo(List<String> said, boolean early, int lines) {
        int recovered = said.indexOf("recovered");
        return early ? said.contains("open") : recovered >= 0 && said.size() > recovered + lines;
    }

    private void recover(TestRoot root, int kept) throws Exception {
        try (Host host = Host.open(root, KilledAtRandomIT::exclusive)) {
            Set<ContainerId> recovered = host.containers().recover();
            ledger.compare(host, recovered);
            awaitEnds(host, recovered);
            destroySome(host, kept);
            requireNoStrays(root, host);
            host.leave();
        }
    }

    private static CorralOptions exclusive(CorralOptions shared) {
        return CorralOptions.defaults(shared.runtimeDirectory()).withRoot(shared.root());
    }

    private void awaitEnds(Host host, Set<ContainerId> recovered) throws IOException {
        for (ContainerId id : recovered) {
            if (Behaviour.of(id) != Behaviour.STAYS) {
                Host.await(host.containers().wait(id)).ifPresent(end -> ledger.tell(id, end, told));
            }
        }
    }

    private void destroySome(Host host, int kept) throws IOException {
        List<ContainerId> left = new ArrayList<>(host.containers().containers());
        for (ContainerId id : left.subList(Math.min(kept, left.size()), left.size())) {
            ledger.destroying(id);
            ledger.tell(id, host.destroy(id), told);
        }
    }

    private void requireNoStrays(TestRoot root, Host host) throws Exception {
        HostState state = new HostState(root);
        List<String> strays = new ArrayList<>();
        AtomicBoolean clean = new AtomicBoolean();
        try {
            Eventually.holds("nothing else is there", () -> {
                strays.clear();
                strays.addAll(state.differencesTo(host.pids()));
                clean.set(strays.isEmpty());
                return clean.get();
            });
        } catch (AssertionError e) {
            strays.forEach(ledger::stray);
        }
    }
}
