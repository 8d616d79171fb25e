package org.corral.containerizer.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.corral.core.ContainerState;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchOutcome;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.linux.Linux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExternalEndTest extends ExternalFixture {

    @Test
    void end_exit_isToldToAllAndLate() throws Exception {
        launch();
        CompletionStage<Optional<Termination>> one = containers.wait(ID);
        CompletionStage<Optional<Termination>> other = containers.wait(ID);

        program.end(exit(42).build());

        assertThat(await(one).status()).contains(new ExitStatus.Exited(42));
        assertThat(await(other)).isEqualTo(await(one));
        assertThat(await(one).reason()).isEqualTo(TerminationReason.EXITED);
        assertThat(await(containers.wait(ID))).isEqualTo(await(one));
        assertThat(await(containers.destroy(ID))).isEqualTo(await(one));
        assertThat(containers.containers()).isEmpty();
        assertThat(memos()).isEmpty();
        assertThat(program.calls()).containsExactly("launch", "wait");
    }

    @Test
    void end_limitation_isToldWithItsMessage() throws Exception {
        launch();

        program.end(exit(0).setKilled(true)
                .setMessage("memory limit exceeded")
                .setStatus(9)
                .build());

        Termination end = await(containers.wait(ID));
        assertThat(end.reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(end.status()).contains(new ExitStatus.Signaled(9));
        assertThat(end.limitations()).extracting(Limitation::message).containsExactly("memory limit exceeded");
    }

    @Test
    void end_usedAgain_isLaunchedAnew() throws Exception {
        launch();
        program.end(exit(0).build());
        await(containers.wait(ID));

        launch();

        assertThat(containers.wait(ID).toCompletableFuture()).isNotDone();
    }

    @Test
    void wait_programFails_containerStaysKnownAndCanBeDestroyed() throws Exception {
        program.does("wait", "exit 1");
        launch();

        assertThatThrownBy(() -> await(containers.wait(ID)))
                .hasMessageContaining("program wait' failed with exit code 1");

        assertThat(containers.containers()).containsExactly(ID);
        Termination end = await(containers.destroy(ID));
        assertThat(end.reason()).isEqualTo(TerminationReason.DESTROYED);
        assertThat(end.status()).isEmpty();
        assertThat(containers.containers()).isEmpty();
    }

    @Test
    void wait_garbage_isNotTakenForAnEnd() throws Exception {
        program.does("wait", "echo 'Segmentation fault'");
        launch();

        assertThatThrownBy(() -> await(containers.wait(ID))).hasMessageContaining("is not understood");
    }

    @Test
    void wait_nothing_isNotTakenForAnEnd() throws Exception {
        program.does("wait", "exit 0");
        launch();

        assertThatThrownBy(() -> await(containers.wait(ID))).hasMessageContaining("the stream ended");
    }

    @Test
    void destroy_waitAnswers_statusIsKnown() throws Exception {
        launch();
        program.answers("wait", exit(0).setStatus(9).build());
        program.does("destroy", "echo end > gate-of-wait");

        Termination end = await(containers.destroy(ID, TerminationReason.TIMEOUT));

        assertThat(end.reason()).isEqualTo(TerminationReason.TIMEOUT);
        assertThat(end.status()).contains(new ExitStatus.Signaled(9));
        assertThat(containers.containers()).isEmpty();
    }

    @Test
    void destroy_waitDoesNotAnswer_isKilled() throws Exception {
        containers = containerizer(options.withPatience(LONG, SHORT));
        program.does("wait", SLEEPER);
        launch();
        awaitSleeper();

        Termination end = await(containers.destroy(ID));

        assertThat(end.reason()).isEqualTo(TerminationReason.DESTROYED);
        assertThat(end.status()).isEmpty();
        assertThat(isSleeperRunning()).isFalse();
        assertThat(memos()).isEmpty();
    }

    @Test
    void destroy_fails_canBeRetried() throws Exception {
        containers = containerizer(options.withPatience(LONG, SHORT));
        launch();
        program.does("destroy", "exit 1");
        assertThatThrownBy(() -> await(containers.destroy(ID))).hasMessageContaining("program destroy' failed");
        assertThat(containers.containers()).containsExactly(ID);
        assertThat(containers.status(ID).state()).isEqualTo(ContainerState.DESTROYING);

        program.does("destroy", "exit 0");

        assertThat(await(containers.destroy(ID)).reason()).isEqualTo(TerminationReason.DESTROYED);
        assertThat(containers.containers()).isEmpty();
    }

    /** On the thread that tells of the failure, before it does anything else. */
    @Test
    void destroy_fails_canBeRetriedByWhoIsTold() throws Exception {
        containers = containerizer(options.withPatience(LONG, SHORT));
        launch();
        program.does("destroy", "exit 1");

        CompletionStage<Termination> retried = containers
                .destroy(ID)
                .thenApply(Optional::orElseThrow)
                .exceptionally(failure -> {
                    try {
                        program.does("destroy", "exit 0");
                        return await(containers.destroy(ID));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });

        assertThat(retried.toCompletableFuture().get().reason()).isEqualTo(TerminationReason.DESTROYED);
    }

    /** It ends by itself while it is destroyed, and the program no longer knows it. */
    @Test
    void destroy_failsBecauseItHasEnded_isNoFailure() throws Exception {
        launch();
        program.answers("wait", exit(3).build());
        program.does("destroy", "echo end > gate-of-wait; exit 1");

        assertThat(await(containers.destroy(ID)).status()).contains(new ExitStatus.Exited(3));

        assertThat(containers.containers()).isEmpty();
    }

    @Test
    void destroy_twice_oneCall() throws Exception {
        launch();
        program.answers("wait", exit(0).build());
        program.does("destroy", "cat gate-of-destroy > /dev/null; echo end > gate-of-wait");
        Linux.ofThisHost().files().makeFifo(program.file("gate-of-destroy").toString(), 0600);

        CompletionStage<Optional<Termination>> first = containers.destroy(ID);
        CompletionStage<Optional<Termination>> second = containers.destroy(ID);
        Files.writeString(program.file("gate-of-destroy"), "go");

        assertThat(await(second)).isEqualTo(await(first));
        assertThat(program.calls().stream().filter("destroy"::equals)).hasSize(1);
    }

    /** Calls wait until the launch is over. */
    @Test
    void destroy_duringLaunch_isQueued() throws Exception {
        Linux.ofThisHost().files().makeFifo(program.file("gate-of-launch").toString(), 0600);
        program.does("launch", "cat gate-of-launch > /dev/null");
        program.answers("wait", exit(0).build());
        program.does("destroy", "echo end > gate-of-wait");
        var launching = workers.submit(() -> containers.launch(ID, request().build()));
        while (containers.containers().isEmpty()) {
            Thread.sleep(1);
        }
        CompletionStage<Optional<Termination>> end = containers.destroy(ID);
        var updated = workers.submit(() -> containers.update(ID, HALF));

        Files.writeString(program.file("gate-of-launch"), "go");

        assertThat(launching.get()).isEqualTo(LaunchOutcome.LAUNCHED);
        assertThat(await(end).reason()).isEqualTo(TerminationReason.DESTROYED);
        updated.get();
        assertThat(program.calls().get(0)).isEqualTo("launch");
    }

    @Test
    void destroy_duringLaunchThatFails_thereIsNothing() throws Exception {
        Linux.ofThisHost().files().makeFifo(program.file("gate-of-launch").toString(), 0600);
        program.does("launch", "cat gate-of-launch > /dev/null; exit 1");
        var launching = workers.submit(() -> containers.launch(ID, request().build()));
        while (containers.containers().isEmpty()) {
            Thread.sleep(1);
        }
        CompletionStage<Optional<Termination>> end = containers.destroy(ID);
        var updated = workers.submit(() -> containers.update(ID, HALF));

        Files.writeString(program.file("gate-of-launch"), "go");

        assertThatThrownBy(launching::get).hasMessageContaining("exit code 1");
        assertThat(end.toCompletableFuture().get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(updated.get()).isFalse();
        assertThat(program.calls()).containsExactly("launch");
    }

    /** The end is told before the destroy that caused it is over. */
    @Test
    void close_destroyGoesOn_isWaitedFor() throws Exception {
        launch();
        program.answers("wait", exit(0).build());
        program.does("destroy", "echo end > gate-of-wait; cat gate-of-destroy > /dev/null; touch destroyed");
        Linux.ofThisHost().files().makeFifo(program.file("gate-of-destroy").toString(), 0600);
        await(containers.destroy(ID));
        var closing = workers.submit(() -> containers.close());

        Files.writeString(program.file("gate-of-destroy"), "go");
        closing.get(60, TimeUnit.SECONDS);

        assertThat(program.file("destroyed")).exists();
        assertThat(hasChild()).isFalse();
    }
}
