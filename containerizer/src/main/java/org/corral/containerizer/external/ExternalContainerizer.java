package org.corral.containerizer.external;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.corral.containerizer.external.protocol.ResourceMessages;
import org.corral.containerizer.lifecycle.Roster;
import org.corral.core.ContainerId;
import org.corral.core.ContainerStatus;
import org.corral.core.Containerizer;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.UnknownContainerException;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves the containers to another program, as the external containerizer of Mesos 0.19 to 1.0 did: a process of the
 * program for each call, and one more for each container that waits for its end. {@code docs/external.md} has the protocol.
 *
 * <p>Calls for a container wait until its launch is over. What the protocol cannot say, as a limit of processes, is {@link
 * LaunchOutcome#NOT_SUPPORTED}. Thread-safe; a container costs no thread.
 */
public final class ExternalContainerizer implements Containerizer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalContainerizer.class);

    private final Roster<ExternalContainer> containers = new Roster<>(ExternalContainer::termination);
    private final ExternalOptions options;
    private final ProgramCalls calls;
    private final MemoStore memos;
    private final Endings endings;
    private final Launches launches;
    private final Adoption adoption;

    /**
     * Makes a containerizer without containers. Nothing is called.
     *
     * @param poller notices the ends of the program's processes, reads from them and writes to them
     * @param workers works off answers and ends; a destroy blocks one of its threads, so they should not be few
     */
    public ExternalContainerizer(Linux linux, Poller poller, ExternalOptions options, Executor workers) {
        this.options = options;
        this.calls = new ProgramCalls(new Program(linux, poller, options), options);
        this.memos = new MemoStore(options.runtimeDirectory().resolve("containers"));
        this.endings = new Endings(containers, calls, memos, options.grace(), workers);
        this.launches = new Launches(containers, calls, memos, endings, options, new Sandboxes(linux));
        this.adoption = new Adoption(containers, calls, memos, endings);
    }

    /**
     * Has the program recover, and asks it for its containers. Those that this agent has no note of are destroyed before
     * this returns; one for which that fails stays known, to be destroyed again.
     *
     * @throws IOException if the program fails, or its notes cannot be listed
     */
    @Override
    public Set<ContainerId> recover() throws IOException {
        return adoption.run();
    }

    @Override
    public LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException {
        return launches.launch(id, request);
    }

    /**
     * Changes what a container is to have.
     *
     * @throws IOException if the program fails; or if an amount other than CPU share and memory limit is asked for, or how memory is
     *     lowered
     */
    @Override
    public boolean update(ContainerId id, Resources resources, MemoryLowering lowering) throws IOException {
        if (lowering != MemoryLowering.KEEP) {
            throw new IOException("how the memory of container " + id + " is lowered is for '" + options.program()
                    + "' to decide, which cannot be told: leave the policy out");
        }
        if (!ResourceMessages.canTell(resources)) {
            throw new IOException("container " + id + " can be given a CPU share and a memory limit alone: '"
                    + options.program() + "' can be told no other");
        }
        Optional<ExternalContainer> container = launched(id);
        if (container.isEmpty()) {
            return false;
        }
        Resources totals = resources.orElse(container.get().memo().resources());
        try {
            calls.update(id, container.get().memo().sandbox(), totals);
            remember(container.get(), totals);
        } catch (ProgramFailure e) {
            if (containers.find(id).isPresent()) {
                throw e;
            }
            LOG.debug("container {} ended while it was updated", id, e);
        }
        return containers.has(id, container.get());
    }

    /** Its end, which may come just now, removes the note. */
    private void remember(ExternalContainer container, Resources totals) throws IOException {
        memos.save(container.setResources(totals));
        if (!containers.has(container.id(), container)) {
            memos.remove(container.id());
        }
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        ExternalContainer container = launched(id).orElseThrow(() -> new UnknownContainerException(id));
        return calls.usage(id, container.memo().sandbox());
    }

    /** Waits until a launch is over. */
    private Optional<ExternalContainer> launched(ContainerId id) {
        return containers.find(id).filter(container -> container.launched().join());
    }

    @Override
    public ContainerStatus status(ContainerId id) throws IOException {
        return containers.get(id).status();
    }

    @Override
    public CompletionStage<Optional<Termination>> wait(ContainerId id) {
        return containers.end(id);
    }

    /**
     * The protocol has no signals.
     *
     * @return false for an unknown container
     * @throws IOException for any other one
     */
    @Override
    public boolean kill(ContainerId id, int signal) throws IOException {
        if (containers.find(id).isPresent()) {
            throw new IOException("container " + id + " cannot be sent a signal: '" + options.program()
                    + "' can be told to destroy it alone");
        }
        return false;
    }

    /**
     * Has the program destroy a container. How it ended its {@code wait} may tell within the grace; if it does not, that is
     * killed, and nobody knows.
     */
    @Override
    public CompletionStage<Optional<Termination>> destroy(ContainerId id, TerminationReason reason) {
        Optional<ExternalContainer> container = containers.find(id);
        return container.isPresent() ? endings.destroy(container.get(), reason) : containers.pastEnd(id);
    }

    @Override
    public Set<ContainerId> containers() {
        return containers.ids();
    }

    /**
     * Ends the processes that wait for containers, and lets other calls come to their ends: whoever closes the poller next
     * would leave them unreaped. The containers go on.
     */
    @Override
    public void close() {
        endings.close();
        for (ExternalContainer container : containers.all()) {
            try {
                Endings.endWaiting(container);
            } catch (IOException e) {
                LOG.warn("what waits for container {} could not be ended", container.id(), e);
            }
        }
        calls.awaitAll();
    }
}
