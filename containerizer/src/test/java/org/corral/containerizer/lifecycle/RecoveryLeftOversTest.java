package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.RootLockedException;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.LaunchOutcome;
import org.corral.testing.Background;
import org.junit.jupiter.api.Test;

/** What is damaged, written down nowhere, or in the way of others. */
class RecoveryLeftOversTest extends RecoveryFixture {

    @Test
    void recover_damagedState_isSetAsideAndTheIdFree() throws Exception {
        ContainerId broken = ContainerId.of("broken");
        writtenDown(checkpoint(broken, DEAD_AGENT, Optional.empty()));
        Files.writeString(host.store.directoryOf(broken).resolve("state.json"), "{");
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));

        assertThat(containerizer.recover()).containsExactly(ID);

        assertThat(host.store.directoryOf(broken)).doesNotExist();
        try (Stream<Path> left = Files.list(host.state)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith(".unreadable-broken-")))
                    .singleElement()
                    .satisfies(aside -> assertThat(aside.resolve("state.json")).hasContent("{"));
        }
        assertThat(containerizer.launch(broken, REQUEST)).isEqualTo(LaunchOutcome.LAUNCHED);
    }

    @Test
    void recover_stateOfAnotherRelease_isLeftWhereItIs() throws Exception {
        ContainerId newer = ContainerId.of("newer");
        writtenDown(checkpoint(newer, DEAD_AGENT, Optional.empty()));
        Path file = host.store.directoryOf(newer).resolve("state.json");
        Files.writeString(file, "{\"version\":2}");
        host.launcher.finds(newer);

        assertThat(containerizer.recover()).isEmpty();

        assertThat(file).hasContent("{\"version\":2}");
        assertThat(host.script.steps()).doesNotContain("launcher.destroy");
        assertThat(containerizer.launch(newer, REQUEST)).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);
    }

    @Test
    void recover_strayWithoutCheckpoint_isEndedAfterwards() throws Exception {
        host.launcher.finds(ID);

        assertThat(containerizer.recover()).isEmpty();

        host.awaitStep("a.cleanup");
        assertThat(host.script.steps())
                .containsExactly("launcher.recover", "launcher.destroy", "b.cleanup", "a.cleanup");
    }

    @Test
    void recover_strayOfALivingAgent_isLeftAlone() throws Exception {
        writtenDown(checkpoint(ID, new ProcessIdentity(Host.AGENT, 1000), Optional.empty()));
        host.launcher.finds(ID);
        host.launcher.finds(ContainerId.of("z"));

        containerizer.recover();

        host.awaitStep("a.cleanup");
        assertThat(host.script.steps()).containsOnlyOnce("launcher.destroy");
        assertThat(host.store.find(ID)).isPresent();
    }

    @Test
    void recover_strayThatIsGoneOnceClaimed_isForgottenAndTheHostLookedAtTwice() throws Exception {
        host.launcher.finds(ID);
        host.launcher.finds(ContainerId.of("y"));
        host.launcher.finds(ContainerId.of("z"));
        AtomicInteger looks = new AtomicInteger();
        host.script.during("findAll", () -> {
            if (looks.incrementAndGet() == 2) {
                host.launcher.loses(ID);
            }
        });

        containerizer.recover();

        host.awaitStep("a.cleanup");
        assertThat(looks).hasValue(2);
        assertThat(host.store.find(ID)).isEmpty();
        assertThat(containerizer.containers()).doesNotContain(ID);
    }

    @Test
    void recover_straysCannotBeListed_isNotFatal() throws Exception {
        host.script.fail("findAll", new IOException("no"));
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));

        assertThat(containerizer.recover()).containsExactly(ID);
    }

    @Test
    void recover_anotherAgentHasTheRoot_isRefused() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        StateStore others = new StateStore(host.state);
        others.lock();

        assertThatThrownBy(containerizer::recover).isInstanceOf(RootLockedException.class);

        assertThat(host.script.steps()).isEmpty();
        others.unlock();
    }

    @Test
    void recover_launcherCannotTakeOver_isLeftAndTheOthersAreFound() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        writtenDown(checkpoint(ContainerId.of("web-2"), DEAD_AGENT, Optional.of(INIT)));
        host.script.during("launcher.recover", failingOnce("launcher.recover", new IOException("foreign cgroup")));

        assertThat(containerizer.recover()).hasSize(1);

        assertThat(host.store.list()).hasSize(2);
        assertThat(host.first.released()).hasSize(1);
    }

    @Test
    void recover_leftOversThatCannotBeRemoved_canBeDestroyedLater() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.empty()));
        host.script.fail("launcher.destroy", new IOException("busy"));

        assertThat(containerizer.recover()).isEmpty();
        assertThat(host.store.find(ID)).isPresent();
        assertThat(containerizer.containers()).containsExactly(ID);

        host.script.repair("launcher.destroy");
        containerizer.destroy(ID).toCompletableFuture().get();
        assertThat(host.state).doesNotExist();
    }

    @Test
    void recover_endThatDoesNotSucceed_canBeRepeated() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(new ProcessIdentity(4712, 1))));
        host.script.fail("b.cleanup", new IOException("busy"));

        assertThat(containerizer.recover()).isEmpty();
        assertThatThrownBy(() -> told(ID)).hasMessageContaining("busy");

        host.script.repair("b.cleanup");
        assertThat(containerizer.destroy(ID).toCompletableFuture().get()).isPresent();
        assertThat(host.state).doesNotExist();
    }

    @Test
    void close_running_isGivenUpThoughThisProcessLivesOn() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        containerizer.recover();
        containerizer.close();

        assertThat(host.containerizer().recover()).containsExactly(ID);
    }

    @Test
    void close_whileItsUsageIsRead_isGivenUpAfterThat() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        containerizer.recover();
        host.script.during("a.usage", () -> Background.run(containerizer::close).join());

        containerizer.usage(ID);

        assertThat(host.containerizer().recover()).containsExactly(ID);
    }

    @Test
    void close_endFails_isGivenUpBeforeTheFailureIsTold() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        containerizer.recover();
        host.script.fail("launcher.destroy", new IOException("busy"));
        host.script.during(
                "launcher.destroy", () -> Background.run(containerizer::close).join());

        assertThatThrownBy(containerizer.destroy(ID).toCompletableFuture()::get).hasMessageContaining("busy");

        host.script.repair("launcher.destroy");
        CorralContainerizer next = host.containerizer();
        next.recover();
        assertThat(next.wait(ID).toCompletableFuture().get()).isPresent();
    }

    @Test
    void recover_twice_takesNothingTwice() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        containerizer.recover();
        int steps = host.script.steps().size();

        assertThat(containerizer.recover()).isEmpty();
        assertThat(containerizer.containers()).containsExactly(ID);
        assertThat(host.script.steps()).hasSize(steps);
    }

    private Runnable failingOnce(String step, IOException failure) {
        host.script.fail(step, failure);
        return () -> {
            if (host.script.steps().stream().filter(step::equals).count() > 1) {
                host.script.repair(step);
            }
        };
    }
}
