package org.corral.containerizer.count;

import java.util.concurrent.atomic.LongAdder;
import org.corral.core.ContainerState;
import org.corral.core.TerminationReason;

/** How launches and ends turned out, counted where they are done. Thread-safe. */
public final class LifeCounts {

    private final LongAdder launches = new LongAdder();
    private final EnumCounts<ContainerState> launchFailures = new EnumCounts<>(ContainerState.class);
    private final EnumCounts<TerminationReason> ends = new EnumCounts<>(TerminationReason.class);
    private final LongAdder endFailures = new LongAdder();

    /** A command runs. */
    public void launched() {
        launches.increment();
    }

    /** A launch failed in a stage. */
    public void launchFailed(ContainerState stage) {
        launchFailures.add(stage, 1);
    }

    /** A container that ran is gone. */
    public void ended(TerminationReason reason) {
        ends.add(reason, 1);
    }

    /** An attempt to end a container failed; it may be made again. */
    public void endFailed() {
        endFailures.increment();
    }

    /** {@return how many launches succeeded} */
    public long launches() {
        return launches.sum();
    }

    /** {@return how many launches failed in that stage} */
    public long launchFailures(ContainerState stage) {
        return launchFailures.of(stage);
    }

    /** {@return how many containers that ran are gone for that reason} */
    public long ends(TerminationReason reason) {
        return ends.of(reason);
    }

    /** {@return how many attempts to end a container failed} */
    public long endFailures() {
        return endFailures.sum();
    }
}
