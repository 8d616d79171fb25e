package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.corral.core.TerminationReason;
import org.junit.jupiter.api.Test;

class PoliteEndTest {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final FakeContainerizer containers = new FakeContainerizer();
    private final FakeTimer timer = new FakeTimer();
    private final PoliteEnd end = new PoliteEnd(containers, Samples.ID, GRACE, timer);

    @Test
    void begin_term_signalsAndWakesAndWaits() {
        end.begin(Signal.TERM, TerminationReason.TIMEOUT);
        assertThat(containers.calls).containsExactly("kill TERM", "kill CONT");
        assertThat(end.reason()).contains(TerminationReason.TIMEOUT);
    }

    @Test
    void begin_graceOver_destroysForThatReason() {
        end.begin(Signal.INT, TerminationReason.DESTROYED);
        timer.pass(GRACE.minusNanos(1));
        assertThat(containers.calls).containsExactly("kill INT");
        timer.pass(Duration.ofNanos(1));
        assertThat(containers.calls).containsExactly("kill INT", "destroy DESTROYED");
    }

    @Test
    void begin_again_signalsAgainButGraceAndReasonStay() {
        end.begin(Signal.TERM, TerminationReason.TIMEOUT);
        timer.pass(GRACE.minusSeconds(1));
        end.begin(Signal.INT, TerminationReason.DESTROYED);
        timer.pass(GRACE);
        assertThat(containers.calls).containsExactly("kill TERM", "kill CONT", "kill INT", "destroy TIMEOUT");
    }

    @Test
    void begin_endedAlready_reasonIsNotOurs() {
        containers.alive = false;
        end.begin(Signal.TERM, TerminationReason.TIMEOUT);
        timer.pass(GRACE);
        assertThat(end.reason()).isEmpty();
        assertThat(containers.calls).containsExactly("kill TERM", "kill CONT");
    }

    @Test
    void begin_signalForbidden_destroysAfterGrace() {
        containers.forbidsSignals = true;
        end.begin(Signal.INT, TerminationReason.DESTROYED);
        timer.pass(GRACE);
        assertThat(containers.calls).containsExactly("kill INT", "destroy DESTROYED");
    }

    @Test
    void finish_impatient_destroysAtOnce() {
        end.finish();
        assertThat(containers.calls).containsExactly("destroy DESTROYED");
    }
}
