package org.corral.core.isolator;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.usage.ContainerUsage;

/**
 * Limits and measures one kind of resource for every container.
 *
 * <p>Calls for different containers may come at the same time from different threads; calls for one container do not,
 * but for {@link #status}. A call may block for a system call, not for an event.
 */
public interface Isolator {

    /** {@return the name it is chosen by, as {@code cgroups/cpu}} */
    String name();

    /**
     * Takes over a container of an earlier agent, before any other call for it.
     *
     * <p>A container that this isolator had nothing to do with (it was added since) must not make it fail.
     *
     * @throws IOException if this isolator cannot watch or limit it any more; the container is taken over all the same
     */
    default void recover(RecoveredContainer container) throws IOException {}

    /**
     * Makes ready for a container whose first process does not exist yet, limits included.
     *
     * @return what the launch must respect, {@link Contribution#NONE} for nothing
     * @throws IOException to refuse the launch; {@link #cleanup} is called then
     */
    Contribution prepare(ContainerId id, LaunchRequest request) throws IOException;

    /**
     * Takes hold of the first process, which waits at the gate and has not run its command.
     *
     * @param pid that process; it stays valid until this call returns
     * @throws IOException to refuse the launch; the process is ended without having run its command
     */
    default void isolate(ContainerId id, int pid) throws IOException {}

    /**
     * {@return a stage that completes when the container runs into a limit}
     *
     * <p>The container is then destroyed. An isolator that limits nothing returns a stage that never completes.
     */
    default CompletionStage<Limitation> watch(ContainerId id) {
        return new CompletableFuture<>();
    }

    /**
     * {@return the limits the container has run into, as far as the kernel still tells}
     *
     * <p>Asked once, after its last process has ended and before {@link #cleanup}: an exit may be noticed before the
     * event that {@link #watch} waits for.
     *
     * @throws IOException if it cannot be told
     */
    default Optional<Limitation> limitation(ContainerId id) throws IOException {
        return Optional.empty();
    }

    /**
     * Changes limits.
     *
     * @param resources the container's totals from now on: what was asked for now, and where that is absent, before
     * @throws UnknownContainerException if it was not prepared
     * @throws IOException if a limit could not be changed
     */
    default void update(ContainerId id, Resources resources) throws IOException {}

    /**
     * {@return the change of limits that an update is, not made yet}
     *
     * <p>For isolators that can tell what they would write, and take it back. The others are updated, and where that has to be taken
     * back, updated again to what was before. Changes nothing.
     *
     * @throws UnknownContainerException if it was not prepared
     * @throws IOException if the change cannot be made
     */
    default LimitChange plan(ContainerId id, ResourceUpdate update) throws IOException {
        return new SimpleChange(this, id, update);
    }

    /**
     * {@return what this isolator knows of the container's use; the rest empty}
     *
     * @throws UnknownContainerException if it was not prepared
     */
    ContainerUsage usage(ContainerId id) throws IOException;

    /**
     * {@return what there is to know of a container beside its use, by names as {@code net_cls.classid}; none if nothing is
     *     known of the container}
     *
     * <p>Unlike other calls it may come while another one for the container is under way, and must not wait for it.
     *
     * @throws IOException if it cannot be told
     */
    default Map<String, String> status(ContainerId id) throws IOException {
        return Map.of();
    }

    /**
     * Removes what {@link #prepare} and {@link #isolate} made; all processes are gone by then. For an unknown container,
     * and at a second call, it does nothing.
     *
     * @throws IOException if something is left; the call may be repeated
     */
    void cleanup(ContainerId id) throws IOException;

    /**
     * Lets go of what this agent holds for a container that goes on without it, descriptors above all. For an unknown
     * container, and at a second call, it does nothing.
     */
    default void release(ContainerId id) {}
}
