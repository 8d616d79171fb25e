package org.corral.containerizer.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.UnknownContainerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComposingContainerizerTest {

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

    @Test
    void containerizers_none_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ComposingContainerizer(List.of()));
    }

    @Test
    void launch_firstCan_secondIsNotAsked() throws Exception {
        assertThat(both.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.LAUNCHED);

        assertThat(second.calls).isEmpty();
        assertThat(both.containers()).containsExactly(ID);
    }

    @Test
    void launch_firstCannot_everyCallGoesToTheSecond() throws Exception {
        first.launching = () -> LaunchOutcome.NOT_SUPPORTED;

        assertThat(both.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.LAUNCHED);

        assertThat(both.update(ID, Resources.NONE)).isTrue();
        assertThat(both.usage(ID).absent()).isEmpty();
        assertThat(both.status(ID).pid()).hasValue(77);
        assertThat(both.kill(ID, 15)).isTrue();
        assertThat(first.calls).containsExactly("launch");
        assertThat(second.calls).containsExactly("launch", "wait", "update", "usage", "kill 15");
    }

    @Test
    void launch_nobodyCan_notSupportedAndForgotten() throws Exception {
        first.launching = () -> LaunchOutcome.NOT_SUPPORTED;
        second.launching = () -> LaunchOutcome.NOT_SUPPORTED;

        assertThat(both.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.NOT_SUPPORTED);

        assertThat(both.containers()).isEmpty();
        assertThat(now(both.wait(ID))).isEmpty();
        assertThat(now(both.destroy(ID))).isEmpty();
    }

    @Test
    void launch_twice_originalUntouched() throws Exception {
        both.launch(ID, REQUEST);

        assertThat(both.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);

        assertThat(first.calls).containsExactly("launch", "wait");
        assertThat(both.containers()).containsExactly(ID);
    }

    @Test
    void launch_ownedBySomebodyElse_saidAndNotRouted() throws Exception {
        first.launching = () -> LaunchOutcome.ALREADY_LAUNCHED;

        assertThat(both.launch(ID, REQUEST)).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);

        assertThat(second.calls).isEmpty();
        assertThat(both.containers()).isEmpty();
    }

    @Test
    void launch_fails_nextIsNotAskedAndNothingIsKnown() {
        first.launching = ComposingContainerizerTest::fail;

        assertThatThrownBy(() -> both.launch(ID, REQUEST)).hasMessage("no memory");

        assertThat(second.calls).isEmpty();
        assertThat(both.containers()).isEmpty();
        assertThat(now(both.wait(ID))).isEmpty();
    }

    private static LaunchOutcome fail() throws LaunchException {
        throw new LaunchException(LaunchException.Kind.FAILED, "no memory");
    }

    @Test
    void launch_failsWithADefect_nothingIsKnown() {
        first.launching = () -> {
            throw new IllegalStateException("defect");
        };

        assertThatThrownBy(() -> both.launch(ID, REQUEST)).hasMessage("defect");

        assertThat(both.containers()).isEmpty();
    }

    @Test
    void launch_failsAndLeavesSomething_destroyReachesIt() throws Exception {
        first.launching = () -> {
            first.known.add(ID);
            first.ends.put(ID, new CompletableFuture<>());
            return fail();
        };
        assertThatThrownBy(() -> both.launch(ID, REQUEST)).hasMessage("no memory");
        first.failEnd(ID, new IOException("EBUSY"));
        assertThat(both.wait(ID).toCompletableFuture()).isCompletedExceptionally();

        CompletionStage<Optional<Termination>> end = both.destroy(ID);
        assertThat(end.toCompletableFuture()).isNotDone();
        first.end(ID, TerminationReason.DESTROYED);

        assertThat(now(end)).isPresent();
        assertThat(both.containers()).isEmpty();
    }

    @Test
    void status_whileNobodyKnowsIt_startingThenDestroying() throws Exception {
        List<ContainerState> seen = new ArrayList<>();
        first.launching = () -> {
            seen.add(stateOf());
            assertThat(killed()).isFalse();
            both.destroy(ID);
            seen.add(stateOf());
            return LaunchOutcome.LAUNCHED;
        };

        both.launch(ID, REQUEST);

        assertThat(seen).containsExactly(ContainerState.STARTING, ContainerState.DESTROYING);
    }

    private ContainerState stateOf() {
        try {
            return both.status(ID).state();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean killed() {
        try {
            return both.kill(ID, 9);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void status_ownerHasLostIt_unknown() throws Exception {
        both.launch(ID, REQUEST);
        first.known.clear();

        assertThatExceptionOfType(UnknownContainerException.class).isThrownBy(() -> both.status(ID));
    }

    /** The update is asked for while the launch goes on, and is done by whoever launched it. */
    @Test
    void update_duringLaunch_waitsForIt() throws Exception {
        Thread[] updater = new Thread[1];
        boolean[] updated = new boolean[1];
        first.launching = () -> {
            updater[0] = new Thread(() -> {
                try {
                    updated[0] = both.update(ID, Resources.NONE);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            updater[0].start();
            while (updater[0].getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            return LaunchOutcome.NOT_SUPPORTED;
        };

        both.launch(ID, REQUEST);
        updater[0].join();

        assertThat(updated[0]).isTrue();
        assertThat(first.calls).containsExactly("launch");
        assertThat(second.calls).contains("update");
    }

    @Test
    void unknown_everyCall_answersWithoutAskingAnybody() throws Exception {
        assertThat(both.update(ID, Resources.NONE)).isFalse();
        assertThat(both.kill(ID, 9)).isFalse();
        assertThat(now(both.wait(ID))).isEmpty();
        assertThat(now(both.destroy(ID))).isEmpty();
        assertThatExceptionOfType(UnknownContainerException.class).isThrownBy(() -> both.usage(ID));
        assertThatExceptionOfType(UnknownContainerException.class).isThrownBy(() -> both.status(ID));
        assertThat(first.calls).isEmpty();
        assertThat(second.calls).isEmpty();
    }

    @Test
    void recover_containersOfBoth_areRouted() throws Exception {
        ContainerId other = ContainerId.of("db");
        first.known.add(ID);
        second.known.add(other);

        assertThat(both.recover()).containsExactlyInAnyOrder(ID, other);

        both.destroy(other);
        assertThat(first.calls).doesNotContain("destroy DESTROYED");
        assertThat(second.calls).contains("destroy DESTROYED");
    }

    @Test
    void recover_oneIdInTwo_staysWithTheFirst() throws Exception {
        first.known.add(ID);
        second.known.add(ID);

        assertThat(both.recover()).containsExactly(ID);

        both.kill(ID, 15);
        assertThat(first.calls).contains("kill 15");
        assertThat(second.calls).doesNotContain("kill 15");
    }

    @Test
    void recover_bothFail_bothAreTold() {
        first.recovery = Optional.of(new IOException("one"));
        second.recovery = Optional.of(new IOException("two"));

        assertThatThrownBy(both::recover).hasMessage("one").satisfies(failure -> assertThat(failure.getSuppressed())
                .hasSize(1));
    }

    @Test
    void recover_oneFails_containersOfTheOtherAreKnown() {
        first.recovery = Optional.of(new IOException("no cgroups"));
        second.known.add(ID);

        assertThatThrownBy(both::recover).hasMessage("no cgroups");

        assertThat(both.containers()).containsExactly(ID);
    }
}
