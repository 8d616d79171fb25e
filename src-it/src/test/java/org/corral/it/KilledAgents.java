package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.corral.containerizer.CorralOptions;
import org.corral.core.ContainerId;
import org.corral.linux.Feature;
import org.corral.linux.KernelFeatures;
import org.corral.linux.Linux;

/**
 * Agents with a mixed load, one after the other, each killed at a random instant, recovery included. After each this process is the
 * agent: it recovers, and compares what it finds with what the killed ones have said.
 */
final class KilledAgents {

    /** How much an agent does at most before it is killed, and how long that may take to happen. */
    private static final int LINES = 60;

    private static final int MICROS = 30_000;

    private final TestRoot root;
    private final Random random;
    private final Ledger ledger = new Ledger();
    private final boolean told =
            KernelFeatures.probe(Linux.ofThisHost(), Feature.PIDFD_INFO_EXIT).isAvailable();
    private int number;

    KilledAgents(TestRoot root, Random random) {
        this.root = root;
        this.random = random;
    }

    /** {@return what all of them did, and what was wrong} */
    Ledger ledger() {
        return ledger;
    }

    /** {@return the options of the one agent of its root} */
    static CorralOptions exclusive(CorralOptions shared) {
        return CorralOptions.defaults(shared.runtimeDirectory()).withRoot(shared.root());
    }

    /** Lets the next one run, kills it, and recovers; so many containers stay for the one after it. */
    void killOne(int kept) throws Exception {
        ledger.note(runAndKill());
        recover(kept);
    }

    /** A third of them while they recover what the one before left. */
    private List<String> runAndKill() throws Exception {
        number++;
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
            Eventually.holds("it works", () -> hasComeTo(Files.readAllLines(said), early, lines) || !agent.isAlive());
            TimeUnit.MICROSECONDS.sleep(random.nextInt(MICROS));
            if (!agent.isAlive()) {
                ledger.stray("end of agent " + number + ", which nobody had killed yet");
            }
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

    /** Recovers what the last one left, compares, and leaves so many containers. */
    void recover(int kept) throws Exception {
        try (Host host = Host.open(root, KilledAgents::exclusive)) {
            Set<ContainerId> recovered = host.containers().recover();
            ledger.compare(host, recovered);
            awaitEnds(host, recovered);
            destroySome(host, kept);
            HostState state = new HostState(root);
            Eventually.left(() -> state.differencesTo(host.pids())).forEach(ledger::stray);
            host.leave();
        }
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
}
