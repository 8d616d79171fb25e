package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A running container in the hands of a second agent, as of a command in another terminal. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.MEMORY})
class ForeignContainerIT {

    private static final int SIGTERM = 15;

    private TestRoot root;
    private Host owner;
    private Host other;
    private final List<ForeignContainer> attached = new ArrayList<>();

    @BeforeEach
    void open(TestRoot own) throws IOException {
        root = own;
        owner = Host.open(own);
        other = Host.open(own);
    }

    @AfterEach
    void close() throws Exception {
        attached.forEach(ForeignContainer::close);
        other.close();
        owner.close();
    }

    @Test
    void usage_ofTheOther_limitsAndCounters() throws Exception {
        ForeignContainer foreign = attach(sleeping());
        assertThat(foreign.usage().memory().orElseThrow().limitBytes()).hasValue(64 << 20);
        assertThat(foreign.usage().pids().orElseThrow().current()).hasValue(1);
        assertThat(foreign.usage().cpu().orElseThrow().total()).isPresent();
    }

    @Test
    void update_ofTheOther_isInTheControlFilesAndWrittenDown() throws Exception {
        ContainerId id = sleeping();
        attach(id).update(Resources.NONE.withCpus(CpuAmount.parse("3")));
        assertThat(owner.read(id, ControlFile.CPU_SHARES)).isEqualTo(ControlFile.CPU_SHARES.either("3072", "300"));
        Resources written = attach(id).checkpoint().resources();
        assertThat(written.cpus()).hasValue(CpuAmount.parse("3"));
        assertThat(written.memory()).hasValue(DataSize.ofMebibytes(64));
    }

    @Test
    void kill_ofTheOther_ownerTellsTheSignal() throws Exception {
        ContainerId id = sleeping();
        assertThat(attach(id).kill(SIGTERM)).isTrue();
        Termination end = owner.end(id);
        assertThat(end.status()).hasValue(new ExitStatus.Signaled(SIGTERM));
        assertThat(end.reason()).isEqualTo(TerminationReason.SIGNALED);
    }

    @Test
    void change_byTwoProcessesAtOnce_noneIsLost() throws Exception {
        ContainerId id = sleeping();
        String store = Host.stateOf(root).resolve(root.stateFolder()).toString();
        try (ChildJvm one = ChildJvm.start(ChangingAgent.class, store, id.value());
                ChildJvm another = ChildJvm.start(ChangingAgent.class, store, id.value())) {
            one.awaitLine("done");
            another.awaitLine("done");
        }

        assertThat(other.corral().list()).singleElement().satisfies(checkpoint -> assertThat(
                        checkpoint.resources().pids())
                .hasValue(2 * ChangingAgent.CHANGES));
    }

    @Test
    void destroy_ofTheOther_ownerTellsThatItWasDestroyed() throws Exception {
        ContainerId id = sleeping();
        CompletionStage<Optional<Termination>> end = owner.containers().wait(id);
        attach(id).destroy();
        assertThat(owner.cgroup(id, "cpu")).doesNotExist();
        assertThat(Host.await(end).orElseThrow().reason()).isEqualTo(TerminationReason.DESTROYED);
    }

    @Test
    void destroy_ownerIsDead_allIsRemoved() throws Exception {
        int pid = leave();
        attach(DoomedAgent.ID).destroy();
        assertThat(ProcFiles.isAlive(pid)).isFalse();
        assertThat(other.corral().list()).isEmpty();
        assertThat(other.cgroup(DoomedAgent.ID, "cpu")).doesNotExist();
    }

    @Test
    void kill_firstProcessHasEnded_false() throws Exception {
        int pid = leave();
        ForeignContainer foreign = attach(DoomedAgent.ID);
        assertThat(foreign.kill(9)).isTrue();
        Eventually.holds("it has ended", () -> !ProcFiles.isAlive(pid));
        assertThat(foreign.kill(9)).isFalse();
        foreign.destroy();
    }

    @Test
    void attach_unknownContainer_none() throws Exception {
        assertThat(other.corral().attach(ContainerId.of("unknown"))).isEmpty();
    }

    private ContainerId sleeping() throws IOException {
        Resources wanted = Resources.NONE.withMemory(DataSize.ofMebibytes(64));
        return owner.launch("theirs", Host.command("sleep", "1000").resources(wanted));
    }

    private ForeignContainer attach(ContainerId id) throws IOException {
        ForeignContainer foreign = other.corral().attach(id).orElseThrow();
        attached.add(foreign);
        return foreign;
    }

    private int leave() throws Exception {
        try (ChildJvm agent = ChildJvm.start(
                DoomedAgent.class, root.name(), root.runtimeDirectory().toString(), "none", "sleep 1000; sleep 1000")) {
            return Integer.parseInt(agent.awaitLine("running"));
        }
    }
}
