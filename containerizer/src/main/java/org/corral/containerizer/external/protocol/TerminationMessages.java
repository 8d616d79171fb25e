package org.corral.containerizer.external.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos.TaskState;
import org.corral.containerizer.external.message.Mesos.TaskStatus.Reason;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;

/**
 * How a container ended, as a message. Until Mesos 0.23 it says with {@code killed} that a limit was the reason, and both
 * that and the text are required; from 0.24 on with {@code state} and {@code reasons}. All are written, since each side
 * skips what it does not know, and either is read.
 */
public final class TerminationMessages {

    private static final int CODE_SHIFT = 8;
    private static final int SIGNAL_BITS = 0x7f;
    private static final int CODE_BITS = 0xff;
    private static final int LAST_SIGNAL = 64;

    private TerminationMessages() {}

    /** {@return an end as a message} */
    public static Calls.Termination of(Termination termination) {
        return of(termination.status(), termination.limitations());
    }

    /** {@return the end of a container as a message: how its first process ended, and the limits it ran into} */
    public static Calls.Termination of(Optional<ExitStatus> status, List<Limitation> limitations) {
        Calls.Termination.Builder message = Calls.Termination.newBuilder()
                .setKilled(!limitations.isEmpty())
                .setMessage(limitations.stream().map(Limitation::message).collect(Collectors.joining("; ")));
        status.ifPresent(known -> message.setStatus(waitStatus(known)));
        if (!limitations.isEmpty()) {
            message.setState(TaskState.TASK_FAILED);
            limitations.forEach(limitation -> message.addReasons(reasonOf(limitation)));
        }
        return message.build();
    }

    private static Reason reasonOf(Limitation limitation) {
        return switch (limitation.resource()) {
            case "mem" -> Reason.REASON_CONTAINER_LIMITATION_MEMORY;
            case "disk" -> Reason.REASON_CONTAINER_LIMITATION_DISK;
            default -> Reason.REASON_CONTAINER_LIMITATION;
        };
    }

    /** {@return how a first process ended as wait(2) has it} */
    static int waitStatus(ExitStatus status) {
        return status instanceof ExitStatus.Exited exited
                ? exited.code() << CODE_SHIFT
                : ((ExitStatus.Signaled) status).signal();
    }

    /** {@return how a first process ended; empty if the message does not say, or says what wait(2) cannot} */
    public static Optional<ExitStatus> status(Calls.Termination message) {
        if (!message.hasStatus()) {
            return Optional.empty();
        }
        int signal = message.getStatus() & SIGNAL_BITS;
        if (signal == 0) {
            return Optional.of(new ExitStatus.Exited(message.getStatus() >> CODE_SHIFT & CODE_BITS));
        }
        return signal <= LAST_SIGNAL ? Optional.of(new ExitStatus.Signaled(signal)) : Optional.empty();
    }

    /** {@return the limit that ended the container, as far as the message tells; its amounts are in the text alone} */
    public static List<Limitation> limitations(Calls.Termination message) {
        List<String> resources = message.getReasonsList().stream()
                .map(TerminationMessages::resourceOf)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (resources.isEmpty() && message.getKilled()) {
            resources = List.of("unknown");
        }
        return resources.stream()
                .map(resource ->
                        new Limitation(resource, OptionalLong.empty(), OptionalLong.empty(), message.getMessage()))
                .toList();
    }

    private static Optional<String> resourceOf(Reason reason) {
        return switch (reason) {
            case REASON_CONTAINER_LIMITATION_MEMORY -> Optional.of("mem");
            case REASON_CONTAINER_LIMITATION_DISK -> Optional.of("disk");
            case REASON_CONTAINER_LIMITATION -> Optional.of("unknown");
            default -> Optional.empty();
        };
    }

    /**
     * {@return why a container ended}
     *
     * @param asked why its end had been asked for, empty if it had not
     */
    public static TerminationReason reason(Calls.Termination message, Optional<TerminationReason> asked) {
        if (!limitations(message).isEmpty()) {
            return TerminationReason.LIMITATION;
        }
        return asked.orElseGet(() -> status(message).orElse(null) instanceof ExitStatus.Signaled
                ? TerminationReason.SIGNALED
                : TerminationReason.EXITED);
    }
}
