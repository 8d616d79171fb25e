package org.corral.core.event;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.usage.PressureUsage;

/**
 * Something that happened to a container. Immutable.
 *
 * <p>Of one container events come in the order in which they were noticed. The causes of an exit come before it, even
 * where the kernel told of the exit first; {@link Ended} comes after all of them.
 */
public sealed interface ContainerEvent {

    /** {@return the container} */
    ContainerId id();

    /** {@return when it was noticed, by the clock of the host} */
    Instant at();

    /**
     * It entered another stage of its life.
     *
     * @param state the stage it is in now
     */
    record StateChanged(ContainerId id, Instant at, ContainerState state) implements ContainerEvent {
        /** Refuses null. */
        public StateChanged {
            Objects.requireNonNull(state, "state");
        }
    }

    /**
     * The kernel told that memory was short for it. A level is told at most once a second; the counts tell how often the
     * kernel did.
     *
     * @param level how short
     * @param counts of all levels, until now
     */
    record MemoryPressure(ContainerId id, Instant at, PressureLevel level, PressureUsage counts)
            implements ContainerEvent {}

    /**
     * Its use of memory crossed a threshold that the operator has set; v1 alone. A threshold is told at most once a second;
     * what comes sooner is told within the next, if the use is on the other side still.
     *
     * @param thresholdBytes the threshold
     * @param usedBytes the use when it was noticed, which may be on either side by then
     * @param crossing on which side it is by now; empty if on the same as when it was told last, between which it was on
     *     the other
     * @param crossings how often the kernel has told of a crossing until now, 0 if it was above before it was asked
     */
    record ThresholdCrossed(
            ContainerId id,
            Instant at,
            long thresholdBytes,
            long usedBytes,
            Optional<Crossing> crossing,
            long crossings)
            implements ContainerEvent {}

    /**
     * A fork in it failed because there are as many processes and threads as may be.
     *
     * @param failedForks how many failed until now, as far as the kernel counts them, 1 or more
     * @param limit of processes and threads, empty if the limit of a cgroup above was hit
     */
    record PidsLimitHit(ContainerId id, Instant at, long failedForks, OptionalLong limit) implements ContainerEvent {}

    /**
     * The kernel killed processes of it because memory ran out.
     *
     * @param cause whose memory ran out
     * @param killed how many processes were killed until now, 1 or more
     * @param limitBytes the container's own hard limit, empty if it has none
     * @param peakBytes the most that it used at once
     */
    record OomKilled(
            ContainerId id, Instant at, OomCause cause, long killed, OptionalLong limitBytes, OptionalLong peakBytes)
            implements ContainerEvent {}

    /**
     * It ran into a limit that ends it.
     *
     * @param limitation the limit
     */
    record Limited(ContainerId id, Instant at, Limitation limitation) implements ContainerEvent {}

    /**
     * Its first process has ended, and with it all others.
     *
     * @param status how; empty if the kernel no longer knows
     */
    record Exited(ContainerId id, Instant at, Optional<ExitStatus> status) implements ContainerEvent {}

    /**
     * It is gone, and so are its traces on the host.
     *
     * @param termination how it ended and what it had used; empty if its launch failed
     */
    record Ended(ContainerId id, Instant at, Optional<Termination> termination) implements ContainerEvent {}
}
