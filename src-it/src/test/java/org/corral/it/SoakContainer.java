package org.corral.it;

import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import org.corral.core.unit.DataSize;

/**
 * What must be true of a container that runs. Immutable.
 *
 * @param pid of its first process
 * @param limits that are in force: CPUs, memory and pids, each of them
 */
record SoakContainer(ContainerId id, int pid, Resources limits, boolean isPaused) {

    SoakContainer paused(boolean paused) {
        return new SoakContainer(id, pid, limits, paused);
    }

    /** {@return it after an update; a lower hard limit of memory is in force only if it was forced} */
    SoakContainer updated(Resources wanted, MemoryLowering lowering) {
        Resources now = limits;
        if (wanted.cpus().isPresent()) {
            now = now.withCpus(wanted.cpus().get());
        }
        if (wanted.pids().isPresent()) {
            now = now.withPids(wanted.pids().getAsLong());
        }
        Optional<DataSize> memory = wanted.memory();
        if (memory.isPresent()
                && (lowering == MemoryLowering.FORCE
                        || memory.get().compareTo(limits.memory().orElseThrow()) > 0)) {
            now = now.withMemory(memory.get());
        }
        return new SoakContainer(id, pid, now, isPaused);
    }
}
