package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForegroundRunTest {

    private static final ExitStatus KILLED = new ExitStatus.Signaled(15);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final FakeContainerizer containers = new FakeContainerizer();
    private final FakeTimer timer = new FakeTimer();
    private final List<ForegroundRun> made = new ArrayList<>();
    private final Map<Signal, Runnable> reactions = new LinkedHashMap<>();

    private ForegroundRun run(LaunchRequest.Session session, Optional<Duration> timeout) {
        LaunchRequest request =
                LaunchRequest.builder(List.of("true")).session(session).build();
        ForegroundRun run = new ForegroundRun(containers, Samples.ID, request, timeout, GRACE, timer);
        run.listen((signal, reaction) -> {
            reactions.put(signal, reaction);
            return () -> reactions.remove(signal);
        });
        made.add(run);
        return run;
    }

    @AfterEach
    void close() {
        made.forEach(ForegroundRun::close);
    }

    private void receive(Signal signal) {
        Objects.requireNonNull(reactions.get(signal), signal::toString).run();
    }

    private ForegroundRun launched(LaunchRequest.Session session) throws LaunchException {
        ForegroundRun run = run(session, Optional.empty());
        run.launch();
        containers.calls.clear();
        return run;
    }

    @Test
    void interrupt_ownSession_handedOn() throws IOException {
        launched(LaunchRequest.Session.OWN);
        receive(Signal.INT);
        assertThat(containers.calls).containsExactly("kill INT");
    }

    @Test
    void interrupt_sharedTerminal_leftToTheKernel() throws IOException {
        launched(LaunchRequest.Session.INHERIT);
        for (int i = 0; i < 5; i++) {
            receive(Signal.INT);
        }
        timer.pass(Duration.ofHours(1));
        assertThat(containers.calls).isEmpty();
    }

    @Test
    void interrupt_threeTimes_destroysAtOnce() throws IOException {
        launched(LaunchRequest.Session.OWN);
        receive(Signal.INT);
        receive(Signal.INT);
        receive(Signal.INT);
        assertThat(containers.calls).containsExactly("kill INT", "kill INT", "destroy DESTROYED");
    }

    @Test
    void hangUp_anySession_asksToTerminateThenDestroys() throws IOException {
        launched(LaunchRequest.Session.INHERIT);
        receive(Signal.HUP);
        timer.pass(GRACE);
        assertThat(containers.calls).containsExactly("kill TERM", "kill CONT", "destroy DESTROYED");
    }

    @Test
    void await_commandObeyedTimeout_reasonIsTimeout() throws IOException {
        ForegroundRun run = run(LaunchRequest.Session.OWN, Optional.of(Duration.ofSeconds(10)));
        run.launch();
        timer.pass(Duration.ofSeconds(10));
        containers.end.complete(Optional.of(Samples.ended(TerminationReason.SIGNALED, KILLED)));
        Termination end = run.await();
        assertThat(end.reason()).isEqualTo(TerminationReason.TIMEOUT);
        assertThat(end.status()).contains(KILLED);
    }

    @Test
    void await_limitReachedWhileEnding_reasonStaysLimitation() throws IOException {
        ForegroundRun run = launched(LaunchRequest.Session.OWN);
        receive(Signal.TERM);
        containers.end.complete(Optional.of(Samples.limited()));
        assertThat(run.await()).isEqualTo(Samples.limited());
    }

    @Test
    void await_nobodyAsked_isAsItWas() throws IOException {
        Termination end = Samples.ended(TerminationReason.EXITED, new ExitStatus.Exited(3));
        ForegroundRun run = launched(LaunchRequest.Session.OWN);
        containers.end.complete(Optional.of(end));
        assertThat(run.await()).isEqualTo(end);
    }

    @Test
    void await_somethingLeft_failureTellsWhatAndRemedy() throws IOException {
        ForegroundRun run = launched(LaunchRequest.Session.OWN);
        containers.end.completeExceptionally(new IOException("pid 7 does not end"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(run::await)
                .withMessageContaining("pid 7 does not end")
                .withMessageContaining("corral destroy web-1");
    }

    @Test
    void launch_idTaken_failureTellsIdAndRemedy() {
        containers.outcome = LaunchOutcome.ALREADY_LAUNCHED;
        ForegroundRun run = run(LaunchRequest.Session.OWN, Optional.empty());
        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(run::launch)
                .withMessageContaining("container web-1 exists already")
                .withMessageContaining("corral destroy web-1")
                .satisfies(e -> assertThat(e.kind().exitCode()).isEqualTo(125));
    }

    @Test
    void launch_fails_timeoutDoesNotBegin() {
        containers.failure = Optional.of(new LaunchException(LaunchException.Kind.COMMAND_NOT_FOUND, "no"));
        ForegroundRun run = run(LaunchRequest.Session.OWN, Optional.of(Duration.ofSeconds(1)));
        assertThatExceptionOfType(LaunchException.class).isThrownBy(run::launch);
        timer.pass(Duration.ofHours(1));
        assertThat(containers.calls).containsExactly("launch");
    }

    @Test
    void signal_beforeLaunch_waitsForIt() throws Exception {
        ForegroundRun run = run(LaunchRequest.Session.OWN, Optional.empty());
        Thread early = new Thread(() -> receive(Signal.TERM));
        early.start();
        while (early.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        run.launch();
        early.join();
        assertThat(containers.calls).containsExactly("launch", "kill TERM", "kill CONT");
    }

    @Test
    void close_signals_haveTheirEarlierEffectAgain() {
        run(LaunchRequest.Session.OWN, Optional.empty()).close();
        assertThat(reactions).isEmpty();
    }
}
