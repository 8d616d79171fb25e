package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.UnknownContainerException;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.testing.Background;
import org.junit.jupiter.api.Test;

/** Calls for one container that meet each other, come twice, or come for none. */
@Requires({Need.GATE, Need.PIDFD, Need.CPU})
class LifecycleIT extends HostTest {

    private static final ContainerId UNKNOWN = ContainerId.of("unknown");
    private static final int SIGUSR1 = 10;
    private static final int MEETINGS = 50;

    /** The leak check sees to it that none of them is left. */
    @Test
    void destroy_whileLaunching_launchFailsOrContainerEnds() throws Exception {
        for (int i = 0; i < MEETINGS; i++) {
            ContainerId id = ContainerId.of("meeting" + i);
            CompletableFuture<Void> launch = Background.run(() -> launch(id));
            Pause.millis(i % 10);
            Host.await(host.containers().destroy(id));
            try {
                launch.join();
            } catch (CompletionException e) {
                assertThat(e).hasRootCauseInstanceOf(LaunchException.class).hasMessageContaining("destroyed before");
            }
            Host.await(host.containers().destroy(id));
            assertThat(host.containers().containers()).isEmpty();
        }
    }

    private void launch(ContainerId id) {
        try {
            host.containers().launch(id, sleeping().build());
        } catch (LaunchException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void wait_endedLongAgo_stillTold() throws Exception {
        ContainerId id = host.launch("brief", Host.shell("exit 3"));
        Eventually.holds("it has ended", () -> host.containers().containers().isEmpty());
        assertThat(host.end(id).status()).hasValue(new ExitStatus.Exited(3));
    }

    @Test
    void launch_idOfAnEndedContainer_anotherContainer() throws Exception {
        host.run("again", Host.shell("exit 3"));
        assertThat(host.run("again", Host.shell("exit 4")).status()).hasValue(new ExitStatus.Exited(4));
    }

    @Test
    void destroy_ownReason_isTold() throws Exception {
        ContainerId id = host.launch("late", sleeping());
        Optional<Termination> end = Host.await(host.containers().destroy(id, TerminationReason.TIMEOUT));
        assertThat(end.orElseThrow().reason()).isEqualTo(TerminationReason.TIMEOUT);
    }

    @Test
    @MesosBehaviour(56)
    void statusAndUsage_unknownContainer_refused() {
        assertThatThrownBy(() -> host.containers().status(UNKNOWN)).isInstanceOf(UnknownContainerException.class);
        assertThatThrownBy(() -> host.containers().usage(UNKNOWN)).isInstanceOf(UnknownContainerException.class);
    }

    @Test
    @MesosBehaviour(56)
    void status_running_stateAndPid() throws Exception {
        ContainerId id = host.launch("running", sleeping());
        assertThat(host.containers().status(id).state()).isEqualTo(ContainerState.RUNNING);
        String command = "sleep\0001000\000";
        // execve(2) lets go of its caller before the new command line is in place.
        Eventually.holds(
                "it is sleep", () -> ProcFiles.read(host.pid(id), "cmdline").equals(command));
        assertThat(host.containers().containers()).containsExactly(id);
    }

    private static LaunchRequest.Builder sleeping() {
        return Host.command("sleep", "1000");
    }

    @Test
    @MesosBehaviour(3)
    void destroy_twice_sameEndForAll() throws Exception {
        ContainerId id = host.launch("twice", Host.command("sleep", "1000"));
        CompletionStage<Optional<Termination>> waited = host.containers().wait(id);
        CompletionStage<Optional<Termination>> first = host.containers().destroy(id);
        CompletionStage<Optional<Termination>> second = host.containers().destroy(id);
        Termination end = Host.await(first).orElseThrow();
        assertThat(end.status()).hasValue(new ExitStatus.Signaled(9));
        assertThat(Host.await(second)).hasValue(end);
        assertThat(Host.await(waited)).hasValue(end);
        assertThat(host.destroy(id)).isEqualTo(end);
    }

    @Test
    @MesosBehaviour(44)
    void destroy_unknownContainer_nothing() throws Exception {
        assertThat(Host.await(host.containers().destroy(ContainerId.of("unknown"))))
                .isEmpty();
        assertThat(host.containers().kill(ContainerId.of("unknown"), SIGUSR1)).isFalse();
    }

    @Test
    @MesosBehaviour(45)
    void wait_unknownContainer_nothing() {
        assertThat(Host.await(host.containers().wait(UNKNOWN))).isEmpty();
    }

    @Test
    @MesosBehaviour(82)
    void launch_rootCgroupRemovedMeanwhile_isMadeAgain(TestRoot root) throws Exception {
        host.run("before", Host.command("true"));
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            Path top = mount.directory(root);
            Eventually.holds(
                    "it is gone", () -> !Files.exists(top) || top.toFile().delete());
        }
        ContainerId id = host.launch("after", sleeping());
        assertThat(host.cgroup(id, "cpu")).isDirectory();
        assertThat(host.destroy(id).status()).hasValue(new ExitStatus.Signaled(9));
    }

    @Test
    void kill_signal_reachesTheFirstProcessAlone() throws Exception {
        String child = "trap 'touch " + host.scratch("child") + "' USR1; touch " + host.scratch("ready")
                + "; while :; do sleep 0.05; done";
        String first = "trap 'touch " + host.scratch("first") + "' USR1; sh -c \"" + child
                + "\" & while :; do sleep 0.05; done";
        ContainerId id = host.launch("signalled", Host.shell(first));
        Eventually.holds("both listen", () -> Files.exists(host.scratch("ready")));
        assertThat(host.containers().kill(id, SIGUSR1)).isTrue();
        Eventually.holds("the first got it", () -> Files.exists(host.scratch("first")));
        assertThat(host.scratch("child")).doesNotExist();
        assertThat(host.containers().containers()).containsExactly(id);
    }
}
