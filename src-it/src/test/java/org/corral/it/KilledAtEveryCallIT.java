package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Termination;
import org.junit.jupiter.api.Test;

/**
 * An agent killed before every call to the kernel that a launch, or an end, makes to change something: no container whose
 * launch had returned is lost, and of the others nothing is left. One kill for all calls, each with a container of its own.
 */
@Requires({Need.GATE, Need.PIDFD})
class KilledAtEveryCallIT extends HostTest {

    private static final String CGROUPS = "cgroups/cpu,cgroups/mem,cgroups/pids";
    private static final String POSIX = "posix/cpu,posix/mem";

    private final Map<ContainerId, Integer> launched = new HashMap<>();
    private final Set<ContainerId> ended = new HashSet<>();
    private final List<String> stops = new ArrayList<>();

    @Test
    @Requires({Need.FREEZER, Need.CPU, Need.MEMORY, Need.PIDS})
    void launch_everyCall_foundWhereItHadReturnedAndUndoneElse() throws Exception {
        killDuring(CGROUPS, "launch");
        assertThat(stops).contains("makeDirectoryAt", "makeFifo", "spawn", "write", "open");
        assertLaunchesAreFoundOrUndone();
    }

    @Test
    void launch_everyCallWithoutCgroups_foundWhereItHadReturnedAndUndoneElse() throws Exception {
        killDuring(POSIX, "launch");
        assertThat(stops).contains("makeFifo", "spawn", "open");
        assertLaunchesAreFoundOrUndone();
    }

    private void assertLaunchesAreFoundOrUndone() throws Exception {
        Set<ContainerId> found = host.containers().recover();
        assertThat(found).as("stops: %s", stops).containsExactlyInAnyOrderElementsOf(launched.keySet());
        for (ContainerId id : found) {
            assertThat(launched).containsEntry(id, host.pid(id));
            assertThat(ProcFiles.isAlive(host.pid(id))).isTrue();
        }
        assertNothingBeyond(found);
        assertThat(host.containers().containers()).isEqualTo(found);
    }

    @Test
    @Requires({Need.FREEZER, Need.CPU, Need.MEMORY, Need.PIDS})
    void end_everyCall_foundOrReportedAndNothingLeft() throws Exception {
        killDuring(CGROUPS, "end");
        assertThat(stops).contains("removeDirectoryAt");
        assertEndsAreToldOrNotBegun();
    }

    @Test
    void end_everyCallWithoutCgroups_foundOrReportedAndNothingLeft() throws Exception {
        killDuring(POSIX, "end");
        assertThat(stops).contains("pidfdSendSignal");
        assertEndsAreToldOrNotBegun();
    }

    private void assertEndsAreToldOrNotBegun() throws Exception {
        Set<ContainerId> found = host.containers().recover();
        for (ContainerId id : launched.keySet()) {
            if (!found.contains(id)) {
                Optional<Termination> end = Host.await(host.containers().wait(id));
                assertThat(end.isPresent())
                        .as("%s is told, unless the killed agent did: %s", id, ended)
                        .isEqualTo(!ended.contains(id));
                end.flatMap(Termination::status)
                        .ifPresent(status -> assertThat(status).isEqualTo(new ExitStatus.Signaled(9)));
            }
        }
        assertNothingBeyond(found);
        Eventually.holds(
                "the ends that were begun are brought to their end",
                () -> host.containers().containers().isEmpty());
    }

    /** Some that were ending when the agent was killed may be gone by now. */
    private void assertNothingBeyond(Set<ContainerId> found) throws Exception {
        HostState state = new HostState(root);
        Eventually.holds("only what was found is there", () -> {
            Map<ContainerId, OptionalInt> live = host.pids();
            return found.containsAll(live.keySet()) && state.differencesTo(live).isEmpty();
        });
    }

    private void killDuring(String isolation, String what) throws Exception {
        try (ChildJvm agent = ChildJvm.start(
                MarkedProcesses.of(root).environment(),
                StoppedAgent.class,
                root.name(),
                root.runtimeDirectory().toString(),
                isolation,
                what)) {
            String line = agent.nextLine().orElseThrow();
            while (!line.startsWith("ready ")) {
                note(line);
                line = agent.nextLine().orElseThrow();
            }
        }
    }

    private void note(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "launched" -> launched.put(ContainerId.of(words[1]), Integer.valueOf(words[2]));
            case "ended" -> ended.add(ContainerId.of(words[1]));
            case "stopped" -> stops.add(words[2]);
            default -> throw new AssertionError(line);
        }
    }
}
