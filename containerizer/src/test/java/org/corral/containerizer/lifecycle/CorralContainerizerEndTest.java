package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.corral.containerizer.state.Checkpoints;
import org.corral.core.ContainerState;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.UnknownContainerException;
import org.corral.testing.Background;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorralContainerizerEndTest extends LifecycleFixture {

    private CompletableFuture<Optional<Termination>> launched() throws LaunchException {
        containerizer.launch(ID, REQUEST);
        return containerizer.wait(ID).toCompletableFuture();
    }

    private void assertGone() {
        assertThat(containerizer.containers()).isEmpty();
        assertThat(host.state).doesNotExist();
    }

    @Test
    void exit_byItself_endsLeftOversThenCleansUpBackwards() throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();

        host.launcher.process.end(new ExitStatus.Exited(3));

        assertThat(end.get()).hasValueSatisfying(termination -> {
            assertThat(termination.reason()).isEqualTo(TerminationReason.EXITED);
            assertThat(termination.status()).contains(new ExitStatus.Exited(3));
            assertThat(termination.limitations()).isEmpty();
            assertThat(termination.usage().pids()).isPresent();
            assertThat(termination.wall()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        });
        assertThat(host.script.steps())
                .endsWith(
                        "launcher.destroy",
                        "a.limitation",
                        "b.limitation",
                        "a.usage",
                        "b.usage",
                        "b.cleanup",
                        "a.cleanup");
        assertGone();
    }

    @Test
    void exit_bySignal_isTold() throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();

        containerizer.kill(ID, 15);

        assertThat(end.get()).hasValueSatisfying(termination -> {
            assertThat(termination.reason()).isEqualTo(TerminationReason.SIGNALED);
            assertThat(termination.status()).contains(new ExitStatus.Signaled(15));
        });
    }

    @Test
    void exit_askedForLate_isStillTold() throws Exception {
        Optional<Termination> end = endBy(new ExitStatus.Exited(0));

        assertThat(containerizer.wait(ID)).isCompletedWithValue(end);
        assertThat(containerizer.destroy(ID)).isCompletedWithValue(end);
    }

    private Optional<Termination> endBy(ExitStatus status) throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();
        host.launcher.process.end(status);
        return end.get();
    }

    @Test
    void limitation_noticed_destroysTheContainerAndIsTold() throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();

        host.first.watch.complete(ScriptedIsolator.LIMITATION);

        assertThat(end.get()).hasValueSatisfying(termination -> {
            assertThat(termination.reason()).isEqualTo(TerminationReason.LIMITATION);
            assertThat(termination.limitations()).containsExactly(ScriptedIsolator.LIMITATION);
            assertThat(termination.status()).contains(new ExitStatus.Signaled(9));
        });
        assertGone();
    }

    @Test
    void limitation_seenOnlyAfterTheExit_isTheReason() throws Exception {
        host.second.limitedAtTheEnd(ScriptedIsolator.LIMITATION);

        Optional<Termination> end = endBy(new ExitStatus.Signaled(9));

        assertThat(end).hasValueSatisfying(termination -> {
            assertThat(termination.reason()).isEqualTo(TerminationReason.LIMITATION);
            assertThat(termination.limitations()).containsExactly(ScriptedIsolator.LIMITATION);
        });
    }

    @Test
    void limitation_seenTwice_isToldOnce() throws Exception {
        host.first.limitedAtTheEnd(ScriptedIsolator.LIMITATION);
        CompletableFuture<Optional<Termination>> end = launched();

        host.first.watch.complete(ScriptedIsolator.LIMITATION);

        assertThat(end.get().orElseThrow().limitations()).hasSize(1);
    }

    @Test
    void limitation_unreadable_doesNotKeepTheContainerFromItsEnd() throws Exception {
        host.script.fail("a.limitation", new IOException("ENODEV"));

        assertThat(endBy(new ExitStatus.Exited(0)))
                .hasValueSatisfying(end -> assertThat(end.reason()).isEqualTo(TerminationReason.EXITED));
        assertGone();
    }

    @Test
    void destroy_running_killsAndTellsTheCallersReason() throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();

        Optional<Termination> destroyed = containerizer
                .destroy(ID, TerminationReason.TIMEOUT)
                .toCompletableFuture()
                .get();

        assertThat(destroyed).hasValueSatisfying(termination -> {
            assertThat(termination.reason()).isEqualTo(TerminationReason.TIMEOUT);
            assertThat(termination.status()).contains(new ExitStatus.Signaled(9));
        });
        assertThat(end.get()).isEqualTo(destroyed);
        assertGone();
    }

    @Test
    void destroy_twice_isTheSameEndOnce() throws Exception {
        containerizer.launch(ID, REQUEST);

        CompletableFuture<Optional<Termination>> one = containerizer.destroy(ID).toCompletableFuture();
        CompletableFuture<Optional<Termination>> other =
                containerizer.destroy(ID, TerminationReason.TIMEOUT).toCompletableFuture();

        assertThat(one.get()).isEqualTo(other.get());
        assertThat(one.get().orElseThrow().reason()).isEqualTo(TerminationReason.DESTROYED);
        assertThat(host.script.steps()).containsOnlyOnce("a.cleanup");
    }

    @Test
    void destroy_askedForInAnotherTerminal_isTheReason() throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();
        host.store.save(host.store.find(ID).orElseThrow().withWish(TerminationReason.DESTROYED));

        host.launcher.process.end(new ExitStatus.Signaled(9));

        assertThat(end.get().orElseThrow().reason()).isEqualTo(TerminationReason.DESTROYED);
    }

    @Test
    void wait_callerThatCancels_doesNotCancelTheOthers() throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();
        containerizer.wait(ID).toCompletableFuture().cancel(true);

        host.launcher.process.end(new ExitStatus.Exited(0));

        assertThat(end.get()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher.destroy", "b.cleanup"})
    void destroy_fails_keepsTheContainerAndSucceedsWhenRepeated(String step) throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();
        host.script.fail(step, new IOException("busy"));

        assertThatThrownBy(() -> containerizer.destroy(ID).toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("busy");
        assertThatThrownBy(end::get).hasMessageContaining("busy");
        assertThat(containerizer.status(ID).state()).isEqualTo(ContainerState.DESTROYING);
        assertThat(containerizer.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);
        assertThat(host.store.find(ID)).isPresent();

        host.script.repair(step);
        assertThat(containerizer.destroy(ID).toCompletableFuture().get()).hasValueSatisfying(termination -> {
            assertThat(termination.reason()).isEqualTo(TerminationReason.DESTROYED);
            assertThat(termination.status()).contains(new ExitStatus.Signaled(9));
        });
        assertGone();
    }

    @Test
    void destroy_killFails_cleansUpNothing() throws Exception {
        containerizer.launch(ID, REQUEST);
        host.script.fail("launcher.destroy", new IOException("busy"));

        assertThatThrownBy(() -> containerizer.destroy(ID).toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class);

        assertThat(host.script.steps()).doesNotContain("a.cleanup", "b.cleanup");
    }

    @Test
    void destroy_repeatedAfterAFailedCleanup_tellsTheUseOfTheFirstAttempt() throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();
        host.second.use(OptionalLong.of(41));
        host.first.use(OptionalLong.of(41));
        host.script.fail("a.cleanup", new IOException("busy"));
        host.launcher.process.end(new ExitStatus.Exited(5));
        assertThatThrownBy(end::get).hasMessageContaining("busy");
        host.script.fail("a.usage", new IOException("the cgroup is gone"));
        host.script.fail("b.usage", new IOException("the cgroup is gone"));
        host.script.repair("a.cleanup");

        Termination repeated =
                containerizer.destroy(ID).toCompletableFuture().get().orElseThrow();

        assertThat(repeated.usage().pids())
                .hasValueSatisfying(pids -> assertThat(pids.current()).hasValue(41));
        assertThat(repeated.reason()).isEqualTo(TerminationReason.EXITED);
        assertThat(repeated.status()).contains(new ExitStatus.Exited(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.prepare", "b.prepare", "fork", "a.isolate", "b.isolate"})
    void destroy_duringLaunch_failsTheLaunchAndTellsTheWaiters(String step) throws Exception {
        CompletableFuture<CompletableFuture<Optional<Termination>>> end = new CompletableFuture<>();
        host.script.during(step, () -> end.complete(containerizer.destroy(ID).toCompletableFuture()));

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("destroyed");

        assertThat(end.get().get()).hasValueSatisfying(termination -> {
            assertThat(termination.reason()).isEqualTo(TerminationReason.DESTROYED);
            assertThat(termination.status()).isEmpty();
        });
        assertThat(host.script.steps()).doesNotContain("release").containsOnlyOnce("a.cleanup");
        assertGone();
    }

    @Test
    void destroy_fromAnotherThreadDuringPrepare_waitsForItAndThenCleansUp() throws Exception {
        CountDownLatch preparing = new CountDownLatch(1);
        CountDownLatch destroyed = new CountDownLatch(1);
        host.script.during("a.prepare", () -> {
            preparing.countDown();
            awaitQuietly(destroyed);
        });
        CompletableFuture<LaunchOutcome> launch = Background.supply(this::launchUnchecked);
        preparing.await();

        CompletableFuture<Optional<Termination>> end = containerizer.destroy(ID).toCompletableFuture();
        assertThat(containerizer.status(ID).state()).isEqualTo(ContainerState.DESTROYING);
        assertThat(host.script.steps()).doesNotContain("a.cleanup");
        destroyed.countDown();

        assertThat(end.get()).isPresent();
        assertThatThrownBy(launch::get).hasRootCauseInstanceOf(LaunchException.class);
        assertGone();
    }

    @Test
    void destroy_onceReleased_letsTheLaunchSucceedAndEndsIt() throws Exception {
        CompletableFuture<CompletableFuture<Optional<Termination>>> end = new CompletableFuture<>();
        host.script.during(
                "release", () -> end.complete(containerizer.destroy(ID).toCompletableFuture()));

        assertThat(containerizer.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.LAUNCHED);

        assertThat(end.get().get().orElseThrow().reason()).isEqualTo(TerminationReason.DESTROYED);
        assertGone();
    }

    @Test
    void destroy_whileAnotherAgentsNameIsFoundTaken_isAnswered() throws Exception {
        host.store.claim(Checkpoints.of(ID, Host.BOOT));
        CompletableFuture<Optional<Termination>> end = containerizer.wait(ID).toCompletableFuture();

        assertThat(containerizer.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);

        assertThat(end).isCompletedWithValue(Optional.empty());
    }

    @Test
    void usage_askedWhileItEnds_isUnknownAfterwards() throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        host.script.during("a.cleanup", () -> {
            ending.countDown();
            awaitQuietly(asked);
        });
        host.launcher.process.end(new ExitStatus.Exited(0));
        ending.await();

        CompletableFuture<Boolean> update = Background.supply(this::updateUnchecked);
        CompletableFuture<Object> usage = Background.supply(this::usageUnchecked);
        asked.countDown();
        end.get();

        assertThat(usage.get()).isInstanceOfAny(UnknownContainerException.class);
        assertThat(update.get()).isFalse();
    }

    @Test
    void exit_thatCannotBeNoticedAnyMore_failsTheWaitAndEndsNothing() throws Exception {
        CompletableFuture<Optional<Termination>> end = launched();

        host.launcher.process.loseTrack(new IOException("the poller was closed"));

        assertThatThrownBy(end::get).hasMessageContaining("the poller was closed");
        assertThat(host.script.steps()).doesNotContain("launcher.destroy");
        assertThat(containerizer.containers()).containsExactly(ID);
    }

    private LaunchOutcome launchUnchecked() {
        try {
            return containerizer.launch(ID, REQUEST);
        } catch (LaunchException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean updateUnchecked() {
        try {
            return containerizer.update(ID, Resources.NONE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Object usageUnchecked() {
        try {
            return containerizer.usage(ID);
        } catch (IOException e) {
            return e;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
