package org.corral.core.isolator;

import org.corral.core.MemoryLowering;
import org.corral.core.Resources;

/**
 * What an update of a container asks for. Immutable.
 *
 * @param wanted the container's totals from now on: what was asked for now, and where that is absent, before
 * @param before the totals until now
 * @param memory what becomes of a hard memory limit that is to be lowered
 */
public record ResourceUpdate(Resources wanted, Resources before, MemoryLowering memory) {

    /** {@return an update of what had no totals, with which nothing is lowered that could kill} */
    public static ResourceUpdate to(Resources wanted) {
        return new ResourceUpdate(wanted, Resources.NONE, MemoryLowering.KEEP);
    }

    /**
     * {@return an update by what is asked for now} Where that is not memory, a hard limit that an earlier update asked to lower, and
     * that was kept, stays kept: no choice made now is about it.
     *
     * @param asked absent amounts stay as they are
     * @param before the totals until now
     */
    public static ResourceUpdate of(Resources asked, Resources before, MemoryLowering lowering) {
        boolean isAboutMemory =
                asked.memory().isPresent() || asked.memoryAndSwap().isPresent();
        return new ResourceUpdate(asked.orElse(before), before, isAboutMemory ? lowering : MemoryLowering.KEEP);
    }
}
