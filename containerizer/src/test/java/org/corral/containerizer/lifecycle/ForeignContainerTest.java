package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.linux.errno.Errno;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ForeignContainerTest {

    private static final ContainerId ID = ContainerId.of("web-1");

    @TempDir
    Path directory;

    private Host host;
    private CorralContainerizer owner;

    @BeforeEach
    void launch() throws Exception {
        host = new Host(directory);
        owner = host.containerizer();
        owner.launch(ID, LaunchRequest.builder(List.of("/bin/server")).build());
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    private ForeignContainer attached() throws IOException {
        return new ForeignContainer(
                host.linux, host.containment(), host.store, host.store.find(ID).orElseThrow());
    }

    private void ownerDies() throws IOException {
        host.proc.remove(Host.AGENT);
    }

    @Test
    void attach_cannotBeTakenOver_throws() {
        host.script.fail("launcher.recover", new IOException("foreign cgroup"));

        assertThatThrownBy(this::attached).hasMessage("foreign cgroup");

        assertThat(host.first.released()).containsExactly(ID);
    }

    @Test
    void usage_running_isWhatTheIsolatorsKnow() throws Exception {
        assertThat(attached().usage().pids()).isPresent();
    }

    @Test
    void update_twice_addsUpAndKeepsWhatTheOwnerWrote() throws Exception {
        ForeignContainer container = attached();
        owner.update(ID, Resources.NONE.withMemory(DataSize.ofMebibytes(64)));

        container.update(Resources.NONE.withPids(3));
        container.update(Resources.NONE.withCpus(CpuAmount.parse("2")));

        Resources written = host.store.find(ID).orElseThrow().resources();
        assertThat(written.pids()).hasValue(3);
        assertThat(written.memory()).isPresent();
        assertThat(written.cpus()).isPresent();
    }

    /** The owner does not take back what was changed at another terminal. */
    @Test
    void update_thenTheOwner_bothAreKept() throws Exception {
        owner.update(ID, Resources.NONE.withPids(9));
        attached().update(Resources.NONE.withPids(3));

        owner.update(ID, Resources.NONE.withMemory(DataSize.ofMebibytes(64)));

        assertThat(host.first.updated()).contains(Resources.NONE.withPids(3).withMemory(DataSize.ofMebibytes(64)));
        assertThat(host.store.find(ID).orElseThrow().resources().pids()).hasValue(3);
    }

    @Test
    void update_isolatorFails_isNotWrittenDown() throws Exception {
        ForeignContainer container = attached();
        host.script.fail("a.update", new IOException("EINVAL"));

        assertThatThrownBy(() -> container.update(Resources.NONE.withPids(3))).hasMessageStartingWith("EINVAL");
        assertThat(host.store.find(ID).orElseThrow().resources().pids()).isEmpty();
    }

    @Test
    void kill_firstProcess_isSignalledThroughItsDescriptor() throws Exception {
        FaultyLinux kernel = new FaultyLinux()
                .answer("pidfdOpen", pid -> 77)
                .answer("close", fd -> null)
                .answer("pidfdSendSignal", arguments -> {
                    assertThat(arguments).containsExactly(77, 15);
                    host.script.enter("signalled");
                    return null;
                });

        assertThat(attachedThrough(kernel).kill(15)).isTrue();

        assertThat(host.script.steps()).contains("signalled");
    }

    private ForeignContainer attachedThrough(FaultyLinux kernel) throws IOException {
        return new ForeignContainer(
                kernel.linux(host.linux.root()),
                host.containment(),
                host.store,
                host.store.find(ID).orElseThrow());
    }

    @Test
    void kill_pidOfAnotherProcessByNow_signalsNobody() throws Exception {
        FaultyLinux kernel = new FaultyLinux().answer("pidfdOpen", pid -> 77).answer("close", fd -> null);
        ForeignContainer container = attachedThrough(kernel);
        host.proc.startedAt(2000).process(ScriptedProcess.PID, "other", 'S', 1, 1);
        kernel.fail("pidfdSendSignal", Errno.EPERM);

        assertThat(container.kill(9)).isFalse();
    }

    @Test
    void kill_gone_isFalse() throws Exception {
        FaultyLinux kernel = new FaultyLinux().fail("pidfdOpen", Errno.ESRCH);

        assertThat(attachedThrough(kernel).kill(9)).isFalse();
    }

    @Test
    void destroy_ownerLives_killsAndLetsTheOwnerCleanUp() throws Exception {
        CompletableFuture<Optional<Termination>> end = owner.wait(ID).toCompletableFuture();

        attached().destroy();

        assertThat(end.get()).hasValueSatisfying(termination -> {
            assertThat(termination.reason()).isEqualTo(TerminationReason.DESTROYED);
            assertThat(termination.status()).contains(new ExitStatus.Signaled(9));
        });
        assertThat(host.script.steps()).containsOnlyOnce("a.cleanup");
        assertThat(host.store.directoryOf(ID)).doesNotExist();
    }

    @Test
    void destroy_ownerDied_cleansUpItself() throws Exception {
        host.launcher.process.loseTrack(new IOException("the owner is dead"));
        ForeignContainer container = attached();
        ownerDies();

        container.destroy();

        assertThat(host.script.steps()).endsWith("launcher.destroy", "b.cleanup", "a.cleanup");
        assertThat(host.store.directoryOf(ID)).doesNotExist();
    }

    @Test
    void destroy_ownerRemovedItMeanwhile_isDone() throws Exception {
        ForeignContainer container = attached();
        owner.destroy(ID).toCompletableFuture().get();

        container.destroy();

        assertThat(host.store.directoryOf(ID)).doesNotExist();
    }

    @Test
    void destroy_ownerRemovesItJustThen_isDone() throws Exception {
        host.launcher.process.loseTrack(new IOException("by the test"));
        ForeignContainer container = attached();
        host.script.during("launcher.destroy", () -> {
            try {
                host.store.remove(ID);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        container.destroy();

        assertThat(host.script.steps()).doesNotContain("a.cleanup");
    }

    @Test
    void destroy_killFails_throwsAndIsRepeatable() throws Exception {
        ForeignContainer container = attached();
        host.script.fail("launcher.destroy", new IOException("busy"));
        assertThatThrownBy(container::destroy).hasMessage("busy");
        assertThat(host.store.find(ID).orElseThrow().destroyRequested()).isTrue();

        host.script.repair("launcher.destroy");
        container.destroy();

        assertThat(host.store.directoryOf(ID)).doesNotExist();
    }
}
