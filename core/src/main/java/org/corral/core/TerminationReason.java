package org.corral.core;

/** Why a container ended. */
public enum TerminationReason {
    /** Its first process exited by itself, or ended unseen and the kernel no longer knows how: then there is no status. */
    EXITED,
    /** A signal from outside Corral ended its first process. */
    SIGNALED,
    /** It went over a limit; the {@link Termination} names it. */
    LIMITATION,
    /** {@link Containerizer#destroy} ended it. */
    DESTROYED,
    /** The time it was given ran out. */
    TIMEOUT
}
