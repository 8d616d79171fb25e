package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.Containerizer;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.Contribution;
import org.corral.core.launcher.Launcher;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.testing.Background;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of containers that do not run yet, or that cannot be ended at once. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU})
@Timeout(120)
class EarlyEndIT {

    private static final ContainerId ID = ContainerId.of("early");

    private static LaunchRequest sleeping() {
        return Host.command("sleep", "1000").build();
    }

    private static CompletableFuture<Void> launching(Containerizer containers) {
        return Background.run(() -> {
            try {
                containers.launch(ID, sleeping());
            } catch (LaunchException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** Its preparation takes until the test lets it go on. */
    private static final class Slow extends ScriptedIsolator {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        Contribution preparing() throws IOException {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return Contribution.NONE;
        }
    }

    @Test
    @MesosBehaviour(8)
    void destroy_whilePreparing_endsWithoutStatusOnceThatIsOver(TestRoot root) throws Exception {
        Slow slow = new Slow();
        try (AlteredAgent agent = AlteredAgent.with(root, slow)) {
            CompletableFuture<Void> launch = launching(agent.containers());
            slow.begun.await();
            CompletableFuture<Optional<Termination>> end =
                    agent.containers().wait(ID).toCompletableFuture();
            agent.containers().destroy(ID);
            Pause.millis(200);
            assertThat(end).isNotDone();
            slow.goOn.countDown();
            Termination termination = Host.await(end).orElseThrow();
            assertThat(termination.reason()).isEqualTo(TerminationReason.DESTROYED);
            assertThat(termination.status()).isEmpty();
            assertThatThrownBy(launch::join).hasRootCauseInstanceOf(LaunchException.class);
            assertThat(slow.calls()).containsExactly("prepare", "cleanup");
        }
    }

    /** What Mesos never cleans up is cleaned up here, which does nothing where nothing was prepared. */
    @Test
    @MesosBehaviour(46)
    void destroy_beforePreparing_isolatorIsNeverAskedToPrepare(TestRoot root) throws Exception {
        ScriptedIsolator isolator = new ScriptedIsolator();
        CompletableFuture<Containerizer> containers = new CompletableFuture<>();
        try (AlteredAgent agent = AlteredAgent.with(root, event -> destroyAtStart(event, containers), isolator)) {
            containers.complete(agent.containers());
            assertThatExceptionOfType(LaunchException.class)
                    .isThrownBy(() -> agent.containers().launch(ID, sleeping()))
                    .withMessageContaining("destroyed before it reached PREPARING");
            assertThat(isolator.calls()).doesNotContain("prepare", "isolate");
            assertThat(agent.containers().containers()).isEmpty();
        }
    }

    private static void destroyAtStart(ContainerEvent event, CompletableFuture<Containerizer> containers) {
        if (event instanceof ContainerEvent.StateChanged change && change.state() == ContainerState.STARTING) {
            containers.join().destroy(ID);
        }
    }

    @Test
    @MesosBehaviour({47, 61})
    void launch_preparationFails_nothingIsLeftToDestroy(TestRoot root) throws Exception {
        ScriptedIsolator failing = new ScriptedIsolator() {
            @Override
            Contribution preparing() throws IOException {
                throw new IOException("nothing to be had");
            }
        };
        try (AlteredAgent agent = AlteredAgent.with(root, failing)) {
            assertThatExceptionOfType(LaunchException.class)
                    .isThrownBy(() -> agent.containers().launch(ID, sleeping()))
                    .withMessageContaining("nothing to be had");
            assertThat(failing.calls()).containsExactly("prepare", "cleanup");
            assertThat(agent.containers().counts().launchFailures(ContainerState.PREPARING))
                    .isEqualTo(1);
            assertThat(agent.containers().containers()).isEmpty();
            assertThat(Host.await(agent.containers().destroy(ID))).isEmpty();
            assertThat(Host.await(agent.containers().wait(ID))).isEmpty();
        }
    }

    /** Other than in Mesos it can be destroyed again. */
    @Test
    @MesosBehaviour(10)
    void destroy_launcherFails_isToldAndCanBeRepeated(TestRoot root) throws Exception {
        try (AlteredAgent agent = AlteredAgent.withLauncher(root, EarlyEndIT::failingOnce)) {
            agent.containers().launch(ID, sleeping());
            assertThatThrownBy(() -> Host.await(agent.containers().destroy(ID))).hasRootCauseMessage("they do not end");
            assertThat(agent.containers().containers()).containsExactly(ID);
            assertThat(agent.containers().status(ID).state()).isEqualTo(ContainerState.DESTROYING);
            assertThat(agent.containers().counts().endFailures()).isEqualTo(1);
            Termination termination = Host.await(agent.containers().destroy(ID)).orElseThrow();
            assertThat(termination.status()).hasValue(new ExitStatus.Signaled(9));
            assertThat(agent.containers().containers()).isEmpty();
        }
    }

    /** {@return a launcher that does not end the processes when it is first asked to} */
    private static Launcher failingOnce(Launcher launcher) {
        AtomicBoolean failed = new AtomicBoolean();
        return (Launcher) Proxy.newProxyInstance(
                Launcher.class.getClassLoader(), new Class<?>[] {Launcher.class}, (proxy, method, args) -> {
                    if (method.getName().equals("destroy") && !failed.getAndSet(true)) {
                        throw new IOException("they do not end");
                    }
                    try {
                        return method.invoke(launcher, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
