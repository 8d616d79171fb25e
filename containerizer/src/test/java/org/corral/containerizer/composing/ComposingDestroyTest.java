package org.corral.containerizer.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers that end, by themselves or not, while they are launched or after that. */
@Timeout(60)
class ComposingDestroyTest {

    private static final ContainerId ID = ContainerId.of("web");
    private static final LaunchRequest REQUEST =
            LaunchRequest.builder(List.of("true")).build();

    private final ScriptedContainerizer first = new ScriptedContainerizer();
    private final ScriptedContainerizer second = new ScriptedContainerizer();
    private final ComposingContainerizer both = new ComposingContainerizer(List.of(first, second));

    private static Optional<Termination> now(CompletionStage<Optional<Termination>> stage) {
        assertThat(stage.toCompletableFuture()).isDone();
        return stage.toCompletableFuture().join();
    }

    private static LaunchOutcome fail() throws LaunchException {
        throw new LaunchException(LaunchException.Kind.FAILED, "no memory");
    }

    @Test
    void end_byItself_toldLateToo() throws Exception {
        both.launch(ID, REQUEST);
        CompletionStage<Optional<Termination>> end = both.wait(ID);

        first.end(ID, TerminationReason.EXITED);

        assertThat(now(end))
                .hasValueSatisfying(told -> assertThat(told.reason()).isEqualTo(TerminationReason.EXITED));
        assertThat(now(both.wait(ID))).isEqualTo(now(end));
        assertThat(now(both.destroy(ID))).isEqualTo(now(end));
        assertThat(both.containers()).isEmpty();
    }

    /** Whoever hears of the end can use the id again at once. */
    @Test
    void end_relaunchedByItsListener_isLaunched() throws Exception {
        both.launch(ID, REQUEST);
        var again = both.wait(ID).thenApply(end -> {
            try {
                return both.launch(ID, REQUEST);
            } catch (LaunchException e) {
                throw new AssertionError(e);
            }
        });

        first.end(ID, TerminationReason.EXITED);

        assertThat(again.toCompletableFuture().join()).isEqualTo(LaunchOutcome.LAUNCHED);
        assertThat(now(both.destroy(ContainerId.of("other")))).isEmpty();
        assertThat(both.wait(ID).toCompletableFuture()).isNotDone();
    }

    @Test
    void destroy_waitersFuture_cannotBeCancelledForOthers() throws Exception {
        both.launch(ID, REQUEST);
        CompletionStage<Optional<Termination>> mine = both.wait(ID);
        CompletionStage<Optional<Termination>> others = both.wait(ID);

        assertThat(mine.toCompletableFuture().cancel(true)).isTrue();

        assertThat(others.toCompletableFuture()).isNotDone();
        first.end(ID, TerminationReason.EXITED);
        assertThat(now(others)).isPresent();
    }

    /** Row 99: destroyed after the containerizer was found. */
    @Test
    void destroy_afterLaunchLoop_reachesTheOwnerAlone() throws Exception {
        first.launching = () -> LaunchOutcome.NOT_SUPPORTED;
        both.launch(ID, REQUEST);

        CompletionStage<Optional<Termination>> end = both.destroy(ID, TerminationReason.TIMEOUT);
        second.end(ID, TerminationReason.TIMEOUT);

        assertThat(first.calls).containsExactly("launch");
        assertThat(second.calls).containsExactly("launch", "wait", "destroy TIMEOUT");
        assertThat(now(end)).isPresent();
        assertThat(both.containers()).isEmpty();
    }

    /** Row 99: destroyed while one is asked that will not take it. */
    @Test
    void destroy_duringUnsupportedLaunchLoop_stopsIt() {
        first.launching = () -> {
            both.destroy(ID);
            return LaunchOutcome.NOT_SUPPORTED;
        };

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> both.launch(ID, REQUEST))
                .withMessageContaining("web was destroyed");

        assertThat(first.calls).containsExactly("launch", "destroy DESTROYED");
        assertThat(second.calls).isEmpty();
        assertThat(both.containers()).isEmpty();
    }

    /** Row 99: destroyed while the last one is asked; there is no container, and there was none. */
    @Test
    void destroy_whileTheLastRefuses_completesEmpty() throws Exception {
        first.launching = () -> LaunchOutcome.NOT_SUPPORTED;
        List<CompletionStage<Optional<Termination>>> ends = new ArrayList<>();
        second.launching = () -> {
            ends.add(both.destroy(ID));
            return LaunchOutcome.NOT_SUPPORTED;
        };

        assertThat(both.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.NOT_SUPPORTED);

        assertThat(now(ends.get(0))).isEmpty();
        assertThat(both.containers()).isEmpty();
    }

    /** Row 99: destroyed while one is asked that takes it, but that did not know the id yet when it was told. */
    @Test
    void destroy_duringSupportedLaunchBeforeTheIdIsKnown_isPassedOnAgain() throws Exception {
        List<CompletionStage<Optional<Termination>>> ends = new ArrayList<>();
        first.launching = () -> {
            ends.add(both.destroy(ID, TerminationReason.TIMEOUT));
            return LaunchOutcome.LAUNCHED;
        };

        both.launch(ID, REQUEST);

        assertThat(first.calls).containsExactly("launch", "destroy TIMEOUT", "destroy TIMEOUT");
        assertThat(ends.get(0).toCompletableFuture()).isNotDone();
        first.end(ID, TerminationReason.TIMEOUT);
        assertThat(now(ends.get(0)))
                .hasValueSatisfying(told -> assertThat(told.reason()).isEqualTo(TerminationReason.TIMEOUT));
        assertThat(both.containers()).isEmpty();
    }

    /** Row 99: a containerizer that gives the launch up when it is told tells what became of the container. */
    @Test
    void destroy_duringSupportedLaunchThatFailsOfIt_tellsTheEnd() {
        List<CompletionStage<Optional<Termination>>> ends = new ArrayList<>();
        first.launching = () -> {
            ends.add(both.destroy(ID));
            first.ends.put(ID, new CompletableFuture<>());
            first.end(ID, TerminationReason.DESTROYED);
            return fail();
        };

        assertThatThrownBy(() -> both.launch(ID, REQUEST)).hasMessage("no memory");

        assertThat(now(ends.get(0))).isPresent();
        assertThat(both.containers()).isEmpty();
    }

    @Test
    void destroy_failed_canBeRetried() throws Exception {
        both.launch(ID, REQUEST);
        CompletionStage<Optional<Termination>> failed = both.destroy(ID);
        first.failEnd(ID, new IOException("EBUSY"));
        assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
        assertThat(both.containers()).containsExactly(ID);

        CompletionStage<Optional<Termination>> retried = both.destroy(ID);
        assertThat(retried.toCompletableFuture()).isNotDone();
        first.end(ID, TerminationReason.DESTROYED);

        assertThat(now(retried)).isPresent();
        assertThat(both.containers()).isEmpty();
    }
}
