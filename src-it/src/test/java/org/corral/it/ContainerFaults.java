package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;

/** What one does with a container, as operations of which each call can go wrong. One container at a time. */
final class ContainerFaults {

    private static final int SIGKILL = 9;
    private static final ContainerId ID = ContainerId.of("faulty");

    private static final Resources AT_FIRST = Resources.NONE
            .withCpus(CpuAmount.parse("0.5"))
            .withMemory(DataSize.ofMebibytes(64))
            .withPids(20);

    private static final Resources LATER = Resources.NONE
            .withCpus(CpuAmount.parse("1"))
            .withMemory(DataSize.ofMebibytes(96))
            .withPids(30);

    private final TestRoot root;
    private final Linux faulty;
    private final Host host;

    ContainerFaults(TestRoot root, Linux faulty, Host host) {
        this.root = root;
        this.faulty = faulty;
        this.host = host;
    }

    private void launch(String... command) throws IOException {
        launch(host, command);
    }

    private void launch(Host on, String... command) throws IOException {
        LaunchRequest request = Host.command(command)
                .environment(MarkedProcesses.of(root).environment())
                .resources(AT_FIRST)
                .build();
        assertThat(on.containers().launch(ID, request)).isEqualTo(LaunchOutcome.LAUNCHED);
    }

    private void sleeping() throws IOException {
        launch("sleep", "1000");
    }

    private void assertInForce(Resources limits) throws IOException {
        long bytes = limits.memory().orElseThrow().bytes();
        boolean more = limits.equals(LATER);
        assertThat(host.read(ID, ControlFile.MEMORY_LIMIT)).isEqualTo(String.valueOf(bytes));
        assertThat(host.read(ID, ControlFile.PIDS_MAX)).isEqualTo(more ? "30" : "20");
        assertThat(host.read(ID, ControlFile.CPU_SHARES))
                .isEqualTo(
                        more
                                ? ControlFile.CPU_SHARES.either("1024", "100")
                                : ControlFile.CPU_SHARES.either("512", "50"));
    }

    /** Its process is alive, and in its cgroup of every hierarchy in which it has one. */
    private void assertRuns() throws IOException {
        int pid = host.pid(ID);
        assertThat(ProcFiles.isAlive(pid)).isTrue();
        for (String controller : new String[] {"cpu", "memory", "pids", "freezer"}) {
            assertThat(ProcFiles.cgroup(ProcFiles.read(pid, "cgroup"), controller))
                    .endsWith("/" + ID);
        }
    }

    private void assertNothingThere() throws Exception {
        assertThat(host.containers().containers()).isEmpty();
        assertThat(new HostState(root).differencesTo(Map.of())).isEmpty();
    }

    /** Ends it if it is known: what could not be undone stays so. */
    private void destroy() {
        Host.await(host.containers().destroy(ID));
    }

    /** An end that fails is told in its future. */
    private static Optional<Termination> told(CompletionStage<Optional<Termination>> end) throws Exception {
        try {
            return Host.await(end);
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** A launch. */
    FaultyOperation launching() {
        return new Operation("launch") {
            @Override
            public void run() throws Exception {
                sleeping();
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                if (failure.isPresent()) {
                    assertThat(failure.get()).isInstanceOf(LaunchException.class);
                    assertNothingThere();
                    sleeping();
                }
                assertRuns();
                assertInForce(AT_FIRST);
            }
        };
    }

    /** A launch that comes to nothing: what goes wrong goes wrong while it is undone. */
    FaultyOperation launchingInVain() {
        return new Operation("launch of a missing command") {
            @Override
            public void run() throws Exception {
                try {
                    launch("/no/such/command");
                } catch (LaunchException e) {
                    if (e.kind() != LaunchException.Kind.COMMAND_NOT_FOUND) {
                        throw e;
                    }
                }
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                destroy();
                assertNothingThere();
                run();
            }
        };
    }

    /** An update, which is all or nothing. */
    FaultyOperation updating() {
        return new Operation("update") {
            @Override
            public void prepare() throws Exception {
                sleeping();
            }

            @Override
            public void run() throws Exception {
                assertThat(host.containers().update(ID, LATER)).isTrue();
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                if (failure.isPresent()) {
                    assertInForce(AT_FIRST);
                    run();
                }
                assertInForce(LATER);
                assertRuns();
            }
        };
    }

    /** A look at what it uses. */
    FaultyOperation measuring() {
        return new Operation("usage") {
            @Override
            public void prepare() throws Exception {
                sleeping();
            }

            @Override
            public void run() throws Exception {
                host.containers().usage(ID);
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                ContainerUsage usage = host.containers().usage(ID);
                assertThat(usage.memory().orElseThrow().limitBytes()).hasValue(64 << 20);
                assertThat(usage.pids().orElseThrow().current()).hasValue(1);
                assertRuns();
            }
        };
    }

    /** An end that was asked for. */
    FaultyOperation destroying() {
        return new Operation("destroy") {
            @Override
            public void prepare() throws Exception {
                sleeping();
            }

            @Override
            public void run() throws Exception {
                assertThat(told(host.containers().destroy(ID)).orElseThrow().reason())
                        .isEqualTo(TerminationReason.DESTROYED);
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                if (failure.isPresent()) {
                    run();
                }
                assertNothingThere();
            }
        };
    }

    /** An end that comes by itself, and is noticed by the agent's own threads. */
    FaultyOperation ending() {
        return new Operation("end by itself") {
            @Override
            public void prepare() throws Exception {
                sleeping();
            }

            @Override
            public void run() throws Exception {
                var end = host.containers().wait(ID);
                assertThat(host.containers().kill(ID, SIGKILL)).isTrue();
                assertThat(told(end).orElseThrow().reason()).isEqualTo(TerminationReason.SIGNALED);
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                destroy();
                assertNothingThere();
            }
        };
    }

    /** Another agent comes and takes over what is there. */
    FaultyOperation recovering() {
        return new Operation("recover") {
            @Override
            public void prepare() throws Exception {
                try (Host before = Host.open(root)) {
                    launch(before, "sleep", "1000");
                    before.leave();
                }
            }

            @Override
            public void run() throws Exception {
                recover(faulty);
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                assertThat(recover(Linux.ofThisHost())).containsExactly(ID);
            }

            @Override
            public void end() throws Exception {
                try (Host after = Host.open(root)) {
                    after.containers().recover();
                }
                Zombies.reap();
            }

            private Set<ContainerId> recover(Linux linux) throws IOException {
                try (Host next = Host.open(root, linux, options -> options)) {
                    Set<ContainerId> found = next.containers().recover();
                    next.leave();
                    return found;
                }
            }
        };
    }

    private abstract class Operation implements FaultyOperation {
        private final String name;

        Operation(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void prepare() throws Exception {
            assertNothingThere();
        }

        @Override
        public void end() throws Exception {
            destroy();
        }
    }
}
