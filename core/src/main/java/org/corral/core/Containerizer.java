package org.corral.core;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.corral.core.usage.ContainerUsage;

/**
 * Runs commands in containers.
 *
 * <p>Calls block until they are done and may be made from any thread, also for one container at a time; what takes the
 * whole life of a container is a {@link CompletionStage}. No call made for one container waits for another container.
 */
public interface Containerizer {

    /**
     * Finds the containers of an earlier agent again, and removes what that agent left half done.
     *
     * <p>Call it once, before anything else. Containers and cgroups that are not ours are never touched. How a container
     * ended meanwhile {@link #wait} tells; its exit status where the kernel still knows it.
     *
     * @return the containers found running
     * @throws IOException if the host cannot be inspected, or another agent has these containers in its care; unreadable
     *     state of a single container is set aside instead
     */
    Set<ContainerId> recover() throws IOException;

    /**
     * Starts a container. On return the command runs inside all of its limits, and did not run one instruction outside.
     *
     * @return {@link LaunchOutcome#LAUNCHED}, or why nothing was done
     * @throws LaunchException if it failed at any stage; nothing is left on the host
     */
    LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException;

    /**
     * Changes what a container is to have. Absent amounts stay as they are. A hard memory limit is not lowered.
     *
     * @return whether the container is known; for an unknown one nothing is done
     * @throws IOException as {@link #update(ContainerId, Resources, MemoryLowering)}
     */
    default boolean update(ContainerId id, Resources resources) throws IOException {
        return update(id, resources, MemoryLowering.KEEP);
    }

    /**
     * Changes what a container is to have, all of it or nothing. Absent amounts stay as they are.
     *
     * @param lowering what becomes of a hard memory limit that is to be lowered
     * @return whether the container is known; for an unknown one nothing is done
     * @throws UpdateException if a limit could not be changed; the message names it, the cause is a {@link MemoryInUseException} where
     *     that is why, and what was changed before it was taken back
     * @throws IOException if the change could not be written down, or this containerizer has no choice of how memory is lowered
     */
    boolean update(ContainerId id, Resources resources, MemoryLowering lowering) throws IOException;

    /**
     * {@return what a container has used until now}
     *
     * <p>What one isolator cannot read is absent with a reason; the rest is there.
     *
     * @throws UnknownContainerException if there is no such container
     */
    ContainerUsage usage(ContainerId id) throws IOException;

    /**
     * {@return the stage a container is in, and what isolators know of it; does not wait for what is under way}
     *
     * @throws UnknownContainerException if there is no such container
     */
    ContainerStatus status(ContainerId id) throws IOException;

    /**
     * {@return the end of a container, when it comes}
     *
     * <p>Also told of the containers that ended last, about a thousand: a short command ends before anybody can ask.
     * Empty for an unknown container and for a launch that failed. Failed if something of the container is left on the
     * host; {@link #destroy} may be called again then.
     */
    CompletionStage<Optional<Termination>> wait(ContainerId id);

    /**
     * Sends a signal to the first process of a container.
     *
     * @param signal the signal's number, 1 to 64
     * @return whether there was such a container and its first process was still there
     * @throws IOException if the kernel refused, EPERM among others
     */
    boolean kill(ContainerId id, int signal) throws IOException;

    /**
     * Ends all processes of a container and removes its traces. Idempotent, and may be called again after a failure.
     *
     * @return the same as {@link #wait(ContainerId)}
     */
    default CompletionStage<Optional<Termination>> destroy(ContainerId id) {
        return destroy(id, TerminationReason.DESTROYED);
    }

    /**
     * Ends a container for a reason of the caller's, which its {@link Termination} then tells.
     *
     * @return the same as {@link #wait(ContainerId)}
     */
    CompletionStage<Optional<Termination>> destroy(ContainerId id, TerminationReason reason);

    /** {@return the ids of all containers that are not gone yet} */
    Set<ContainerId> containers();
}
