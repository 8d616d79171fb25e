package org.corral.cgroup;

import java.util.Optional;

/** What became of a trigger that was asked for. Immutable, but the trigger is to be closed or watched. */
public sealed interface TriggerOutcome {

    /** {@return the trigger, empty if there is none} */
    default Optional<PressureTrigger> trigger() {
        return Optional.empty();
    }

    /**
     * It was set as asked for.
     *
     * @param made the trigger
     */
    record Set(PressureTrigger made) implements TriggerOutcome {
        @Override
        public Optional<PressureTrigger> trigger() {
            return Optional.of(made);
        }
    }

    /**
     * It was set for the same share of a window of 2 s, for this process lacks CAP_SYS_RESOURCE.
     *
     * @param made has the threshold that was set
     * @param requested what was asked for
     */
    record SetWithOtherWindow(PressureTrigger made, PressureThreshold requested) implements TriggerOutcome {
        @Override
        public Optional<PressureTrigger> trigger() {
            return Optional.of(made);
        }
    }

    /**
     * There is nothing to set it with, or this process may not.
     *
     * @param reason the failed call with path and error, and what it means
     */
    record Unsupported(String reason) implements TriggerOutcome {}
}
