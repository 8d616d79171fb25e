package org.corral.core.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.RecoveredContainer;

/**
 * Makes the first process of a container and ends all of its processes.
 *
 * <p>Calls for different containers may come at the same time from different threads; calls for one container do not.
 */
public interface Launcher {

    /** {@return the name it is chosen by, as {@code cgroups} or {@code posix}} */
    String name();

    /**
     * Takes over a container of an earlier agent.
     *
     * @return its first process, empty if that has ended
     * @throws IOException if the container cannot be taken over
     */
    Optional<ContainerProcess> recover(RecoveredContainer container) throws IOException;

    /**
     * {@return the containers that it sees on the host and knows for ours, be anything else known of them or not}
     *
     * @throws IOException if it cannot look
     */
    default Set<ContainerId> findAll() throws IOException {
        return Set.of();
    }

    /**
     * Makes a process that waits at a gate before it runs the command.
     *
     * @param contribution of all isolators together, with the request's own variables in it
     * @return the process, waiting, in the namespaces that are contributed
     * @throws LaunchException if there could be none; nothing is left
     */
    GatedProcess fork(ContainerId id, LaunchRequest request, Contribution contribution) throws LaunchException;

    /**
     * Makes one more process, for a command that is to run in a container before its own: in the cgroups and namespaces of
     * its first process, which waits at its gate and goes on to do so.
     *
     * @param first the container's first process
     * @param request the command
     * @param contribution the same as for the first process
     * @return the process, waiting. Only one at a time is made
     * @throws LaunchException if there could be none; nothing is left
     */
    GatedProcess forkBeside(ContainerId id, ContainerProcess first, LaunchRequest request, Contribution contribution)
            throws LaunchException;

    /**
     * Ends every process of the container with SIGKILL, stopped and traced ones too, and returns when all are gone. For
     * an unknown container, and when all are gone already, it does nothing.
     *
     * @param timeout how long to wait for the last process
     * @throws IOException if processes are left; the message names them, and the call may be repeated
     */
    void destroy(ContainerId id, Duration timeout) throws IOException;
}
