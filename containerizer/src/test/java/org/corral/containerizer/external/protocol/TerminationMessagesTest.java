package org.corral.containerizer.external.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos.TaskState;
import org.corral.containerizer.external.message.Mesos.TaskStatus.Reason;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.usage.ContainerUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminationMessagesTest {

    private static Termination termination(Optional<ExitStatus> status, String... resources) {
        List<Limitation> limitations = List.of(resources).stream()
                .map(resource ->
                        new Limitation(resource, OptionalLong.of(1), OptionalLong.of(2), resource + " was not enough"))
                .toList();
        return new Termination(
                ContainerId.of("web"),
                TerminationReason.EXITED,
                status,
                limitations,
                ContainerUsage.nothing(Instant.EPOCH),
                Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "42, 10752", "255, 65280"})
    void of_exitCode_isAsWaitHasIt(int code, int status) {
        ExitStatus exited = new ExitStatus.Exited(code);
        Calls.Termination message = TerminationMessages.of(termination(Optional.of(exited)));

        assertThat(message.getStatus()).isEqualTo(status);
        assertThat(TerminationMessages.status(message)).contains(exited);
        assertThat(TerminationMessages.reason(message, Optional.empty())).isEqualTo(TerminationReason.EXITED);
    }

    @Test
    void of_signal_isAsWaitHasIt() {
        ExitStatus killed = new ExitStatus.Signaled(9);
        Calls.Termination message = TerminationMessages.of(termination(Optional.of(killed)));

        assertThat(message.getStatus()).isEqualTo(9);
        assertThat(TerminationMessages.status(message)).contains(killed);
        assertThat(TerminationMessages.reason(message, Optional.empty())).isEqualTo(TerminationReason.SIGNALED);
    }

    /** Until 0.23 both are required. */
    @Test
    void of_noLimitation_killedAndMessageAreThereAllTheSame() {
        Calls.Termination message = TerminationMessages.of(termination(Optional.empty()));

        assertThat(message.hasKilled()).isTrue();
        assertThat(message.getKilled()).isFalse();
        assertThat(message.hasMessage()).isTrue();
        assertThat(message.hasStatus()).isFalse();
        assertThat(message.hasState()).isFalse();
        assertThat(TerminationMessages.status(message)).isEmpty();
    }

    @Test
    void of_limitations_saidToOldAndNewAgents() {
        Calls.Termination message =
                TerminationMessages.of(termination(Optional.of(new ExitStatus.Signaled(9)), "mem", "disk", "pids"));

        assertThat(message.getKilled()).isTrue();
        assertThat(message.getMessage()).isEqualTo("mem was not enough; disk was not enough; pids was not enough");
        assertThat(message.getState()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(message.getReasonsList())
                .containsExactly(
                        Reason.REASON_CONTAINER_LIMITATION_MEMORY,
                        Reason.REASON_CONTAINER_LIMITATION_DISK,
                        Reason.REASON_CONTAINER_LIMITATION);
    }

    @Test
    void limitations_ofAnOldProgram_areOfAnUnknownResource() {
        Calls.Termination message = Calls.Termination.newBuilder()
                .setKilled(true)
                .setMessage("out of memory")
                .build();

        assertThat(TerminationMessages.limitations(message))
                .containsExactly(
                        new Limitation("unknown", OptionalLong.empty(), OptionalLong.empty(), "out of memory"));
        assertThat(TerminationMessages.reason(message, Optional.of(TerminationReason.DESTROYED)))
                .isEqualTo(TerminationReason.LIMITATION);
    }

    @Test
    void limitations_ofANewProgram_areNamed() {
        Calls.Termination message = Calls.Termination.newBuilder()
                .addReasons(Reason.REASON_CONTAINER_LIMITATION_MEMORY)
                .addReasons(Reason.REASON_EXECUTOR_TERMINATED)
                .addReasons(Reason.REASON_CONTAINER_LIMITATION_DISK)
                .addReasons(Reason.REASON_CONTAINER_LIMITATION)
                .build();

        assertThat(TerminationMessages.limitations(message))
                .extracting(Limitation::resource)
                .containsExactly("mem", "disk", "unknown");
    }

    @Test
    void reason_destroyed_isWhatWasAskedFor() {
        Calls.Termination message = Calls.Termination.newBuilder().setStatus(9).build();

        assertThat(TerminationMessages.reason(message, Optional.of(TerminationReason.TIMEOUT)))
                .isEqualTo(TerminationReason.TIMEOUT);
        assertThat(TerminationMessages.reason(Calls.Termination.getDefaultInstance(), Optional.empty()))
                .isEqualTo(TerminationReason.EXITED);
    }

    @Test
    void status_lastSignal_isOneAndTheNextIsNot() {
        Calls.Termination last = Calls.Termination.newBuilder().setStatus(64).build();
        Calls.Termination next = Calls.Termination.newBuilder().setStatus(65).build();

        assertThat(TerminationMessages.status(last)).contains(new ExitStatus.Signaled(64));
        assertThat(TerminationMessages.status(next)).isEmpty();
    }

    /** As Python gives it, minus 9. */
    @Test
    void status_thatWaitCannotTell_isUnknown() {
        Calls.Termination message = Calls.Termination.newBuilder().setStatus(-9).build();

        assertThat(TerminationMessages.status(message)).isEmpty();
    }
}
