package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.corral.containerizer.composing.ComposingContainerizer;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Termination;
import org.corral.core.isolator.Contribution;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A container is destroyed while it is tried which containerizer takes it: the first never does, the second is this host's. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU})
@Timeout(120)
class ComposingIT {

    private static final ContainerId ID = ContainerId.of("composed");

    private final List<CompletionStage<Optional<Termination>>> ends = new ArrayList<>();
    private final CompletableFuture<Containerizer> made = new CompletableFuture<>();

    private static LaunchRequest sleeping() {
        return Host.command("sleep", "1000").build();
    }

    /** {@return a containerizer that takes no container, and does something else when it is asked for one} */
    private static Containerizer taking(Runnable nothing) {
        return (Containerizer) Proxy.newProxyInstance(
                Containerizer.class.getClassLoader(),
                new Class<?>[] {Containerizer.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "launch" -> {
                        nothing.run();
                        yield LaunchOutcome.NOT_SUPPORTED;
                    }
                    case "wait", "destroy" -> CompletableFuture.completedFuture(Optional.empty());
                    case "containers", "recover" -> Set.of();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Containerizer compose(Containerizer first, Containerizer second) {
        Containerizer both = new ComposingContainerizer(List.of(first, second));
        made.complete(both);
        return both;
    }

    private void destroy() {
        ends.add(made.join().destroy(ID));
    }

    @Test
    @MesosBehaviour(99)
    void destroy_whileOneIsAskedThatDoesNotTakeIt_nextIsNotAsked(TestRoot root) throws Exception {
        try (Host host = Host.open(root)) {
            Containerizer both = compose(taking(this::destroy), host.containers());
            assertThatExceptionOfType(LaunchException.class)
                    .isThrownBy(() -> both.launch(ID, sleeping()))
                    .withMessageContaining("was destroyed");
            assertThat(Host.await(ends.get(0))).isEmpty();
            assertThat(host.cgroup(ID, "cpu")).doesNotExist();
            assertThat(both.containers()).isEmpty();
        }
    }

    @Test
    @MesosBehaviour(99)
    void destroy_whileOneIsAskedThatTakesIt_launchIsGivenUp(TestRoot root) throws Exception {
        ScriptedIsolator destroying = new ScriptedIsolator() {
            @Override
            Contribution preparing() throws IOException {
                destroy();
                return Contribution.NONE;
            }
        };
        try (AlteredAgent agent = AlteredAgent.with(root, destroying)) {
            Containerizer both = compose(taking(() -> {}), agent.containers());
            assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> both.launch(ID, sleeping()));
            assertThat(Host.await(ends.get(0)).orElseThrow().status()).isEmpty();
            assertThat(both.containers()).isEmpty();
        }
    }

    @Test
    @MesosBehaviour(99)
    void destroy_afterOneWasFound_endsItThere(TestRoot root) throws Exception {
        try (Host host = Host.open(root)) {
            Containerizer both = compose(taking(() -> {}), host.containers());
            assertThat(both.launch(ID, sleeping())).isEqualTo(LaunchOutcome.LAUNCHED);
            assertThat(host.containers().containers()).containsExactly(ID);
            assertThat(Host.await(both.destroy(ID)).orElseThrow().status()).hasValue(new ExitStatus.Signaled(9));
            assertThat(both.containers()).isEmpty();
        }
    }
}
