package org.corral.core.launcher;

import org.corral.core.LaunchException;

/**
 * A process that waits at a gate: it exists and can be put into cgroups, but runs its command only when released.
 *
 * <p>Exactly one of {@link #release} and {@link #abort} opens the gate; a later call of either does nothing.
 * Thread-safe.
 */
public interface GatedProcess extends ContainerProcess {

    /**
     * Lets it run its command, and returns once the kernel has executed it.
     *
     * @throws LaunchException if the command cannot be executed; the process is gone then
     */
    void release() throws LaunchException;

    /** Ends it without its having run the command. */
    void abort();
}
