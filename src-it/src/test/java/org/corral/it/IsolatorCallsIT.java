package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.corral.core.Termination;
import org.corral.core.isolator.Contribution;
import org.corral.core.usage.ContainerUsage;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What isolators bring to a launch, and what one that fails spoils. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.MEMORY})
class IsolatorCallsIT {

    private static final ContainerId ID = ContainerId.of("called");

    @Test
    @MesosBehaviour(52)
    void prepare_contributesVariables_commandHasThemBesideItsOwn(TestRoot root) throws Exception {
        ScriptedIsolator contributing = new ScriptedIsolator() {
            @Override
            Contribution preparing() {
                return Contribution.builder()
                        .environment(Map.of("FROM", "isolator", "OWN", "not seen"))
                        .build();
            }
        };
        Path output = root.runtimeDirectory().resolve("output");
        try (AlteredAgent agent = AlteredAgent.with(root, contributing)) {
            agent.containers()
                    .launch(
                            ID,
                            Host.command("/usr/bin/env")
                                    .environment(Map.of("OWN", "request"))
                                    .stdio(Stdio.DISCARD, Stdio.file(output), Stdio.DISCARD)
                                    .build());
            Host.await(agent.containers().wait(ID));
            assertThat(Files.readAllLines(output)).containsExactlyInAnyOrder("FROM=isolator", "OWN=request");
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** {@return an isolator with a command to run before the container's own} */
    private static ScriptedIsolator before(String... command) {
        return new ScriptedIsolator() {
            @Override
            Contribution preparing() {
                return Contribution.builder().preExec(List.of(command)).build();
            }
        };
    }

    @Test
    @MesosBehaviour(49)
    void prepare_contributesACommand_hasRunBeforeTheContainersOwn(TestRoot root) throws Exception {
        Path made = root.runtimeDirectory().resolve("made");
        try (AlteredAgent agent = AlteredAgent.with(root, before("touch", made.toString()))) {
            agent.containers()
                    .launch(ID, Host.command("test", "-e", made.toString()).build());
            Termination termination = Host.await(agent.containers().wait(ID)).orElseThrow();
            assertThat(termination.status()).hasValue(new ExitStatus.Exited(0));
        } finally {
            Files.deleteIfExists(made);
        }
    }

    @Test
    @MesosBehaviour(50)
    void prepare_contributedCommandFails_launchFailsAndTheContainersOwnNeverRuns(TestRoot root) throws Exception {
        assertNeverRuns(root, before("false"));
    }

    @Test
    @MesosBehaviour(51)
    void prepare_oneOfTwoContributedCommandsFails_launchFailsToo(TestRoot root) throws Exception {
        assertNeverRuns(root, before("true"), before("false"));
    }

    private static void assertNeverRuns(TestRoot root, ScriptedIsolator... isolators) throws IOException {
        Path ran = root.runtimeDirectory().resolve("ran");
        LaunchRequest touching = Host.command("touch", ran.toString()).build();
        try (AlteredAgent agent = AlteredAgent.with(root, isolators)) {
            assertThatExceptionOfType(LaunchException.class)
                    .isThrownBy(() -> agent.containers().launch(ID, touching))
                    .withMessageContaining("false");
            assertThat(agent.containers().containers()).isEmpty();
        }
        assertThat(ran).doesNotExist();
        for (ScriptedIsolator isolator : isolators) {
            assertThat(isolator.calls()).containsExactly("prepare", "isolate", "cleanup");
        }
    }

    @Test
    @MesosBehaviour(62)
    void usage_oneIsolatorFails_othersAreToldAndItsReason(TestRoot root) throws Exception {
        ScriptedIsolator failing = new ScriptedIsolator() {
            @Override
            public ContainerUsage usage(ContainerId id) throws IOException {
                throw new IOException("it cannot be measured");
            }
        };
        try (AlteredAgent agent = AlteredAgent.with(root, failing)) {
            agent.containers().launch(ID, Host.command("sleep", "1000").build());
            ContainerUsage usage = agent.containers().usage(ID);
            assertThat(usage.memory()).isPresent();
            assertThat(usage.cpu()).isPresent();
            assertThat(usage.absent()).containsEntry("test/scripted", "it cannot be measured");
        }
    }
}
