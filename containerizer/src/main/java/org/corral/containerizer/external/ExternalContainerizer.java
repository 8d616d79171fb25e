package org.corral.containerizer.external;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.corral.containerizer.external.protocol.ResourceMessages;
import org.corral.containerizer.lifecycle.RecentEnds;
import org.corral.core.ContainerId;
import org.corral.core.ContainerStatus;
import org.corral.core.Containerizer;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
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

    private final ConcurrentMap<ContainerId, ExternalContainer> containers = new ConcurrentHashMap<>();
    private final RecentEnds ends = new RecentEnds();
    private final ExternalOptions options;
    private final ProgramCalls calls;
    private final MemoStore memos;
    private final Endings endings;

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
        this.endings = new Endings(containers, ends, calls, memos, options.grace(), workers);
    }

    /**
     * Has the program recover, and asks it for its containers. Those that this agent has no note of are destroyed before
     * this returns; one for which that fails stays known, to be destroyed again.
     *
     * @throws IOException if the program fails, or its notes cannot be listed
     */
    @Override
    public Set<ContainerId> recover() throws IOException {
        calls.recover();
        List<String> names = calls.containers();
        Map<ContainerId, Memo> known = memos.list();
        List<ExternalContainer> orphans = new ArrayList<>();
        for (String name : names) {
            parse(name).ifPresent(id -> adopt(id, Optional.ofNullable(known.get(id)), orphans));
        }
        for (ContainerId id : known.keySet()) {
            if (!containers.containsKey(id)) {
                memos.remove(id);
            }
        }
        orphans.forEach(this::awaitEnd);
        return containers();
    }

    private static Optional<ContainerId> parse(String name) {
        try {
            return Optional.of(ContainerId.of(name));
        } catch (IllegalArgumentException e) {
            LOG.warn("a container of the program's is left alone: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void adopt(ContainerId id, Optional<Memo> memo, List<ExternalContainer> orphans) {
        ExternalContainer container = new ExternalContainer(
                memo.orElseGet(() -> new Memo(id, Instant.now(), Optional.empty(), Resources.NONE)));
        containers.put(id, container);
        container.markLaunched();
        try {
            endings.watch(container);
        } catch (IOException e) {
            LOG.warn("the end of container {} will not be noticed: {}", id, e.getMessage());
            container.fail(e);
        }
        if (memo.isEmpty()) {
            orphans.add(container);
            LOG.info("container {} is not known here, and is destroyed", id);
            destroy(id, TerminationReason.DESTROYED);
        }
    }

    private void awaitEnd(ExternalContainer orphan) {
        try {
            orphan.termination().join();
        } catch (CompletionException e) {
            LOG.warn("container {}, which is not known here, could not be destroyed", orphan.id(), e);
        }
    }

    @Override
    public LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException {
        LaunchCall launch = new LaunchCall(id, request, options.names());
        Optional<String> obstacle = launch.obstacle();
        if (obstacle.isPresent()) {
            LOG.info("container {} cannot be launched by '{}': {}", id, options.program(), obstacle.get());
            return LaunchOutcome.NOT_SUPPORTED;
        }
        ExternalContainer container =
                new ExternalContainer(new Memo(id, Instant.now(), launch.sandbox(), request.resources()));
        if (containers.putIfAbsent(id, container) != null) {
            return LaunchOutcome.ALREADY_LAUNCHED;
        }
        ends.forget(id);
        try {
            launch(container, launch);
            return LaunchOutcome.LAUNCHED;
        } catch (IOException | RuntimeException e) {
            throw new LaunchException(
                    LaunchException.Kind.FAILED, "container " + id + " was not launched: " + e.getMessage(), e);
        }
    }

    private void launch(ExternalContainer container, LaunchCall launch) throws IOException {
        boolean called = false;
        try {
            Sandboxes.prepare(launch.sandbox(), launch.request().user());
            memos.save(container.memo());
            called = true;
            calls.launch(launch);
            endings.watch(container);
            container.markLaunched();
        } catch (ProgramFailure e) {
            giveUp(container);
            throw e;
        } catch (IOException | RuntimeException e) {
            if (!called || undone(container, e)) {
                giveUp(container);
            }
            throw e;
        }
    }

    private void giveUp(ExternalContainer container) {
        container.markFailed();
        endings.forget(container, Optional.empty());
    }

    /**
     * The program did not refuse: nobody knows how far it came. What cannot be undone stays known, to be destroyed again.
     */
    private boolean undone(ExternalContainer container, Exception cause) {
        try {
            calls.destroy(container.id(), container.memo().sandbox());
            return true;
        } catch (ProgramFailure e) {
            LOG.debug("container {} is not known to the program", container.id(), e);
            return true;
        } catch (IOException e) {
            cause.addSuppressed(e);
            container.fail(e);
            container.markLaunched();
            return false;
        }
    }

    /**
     * Changes what a container is to have.
     *
     * @throws IOException if the program fails; or if an amount other than CPU share and memory limit is asked for
     */
    @Override
    public boolean update(ContainerId id, Resources resources) throws IOException {
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
            if (containers.containsKey(id)) {
                throw e;
            }
            LOG.debug("container {} ended while it was updated", id, e);
        }
        return containers.get(id) == container.get();
    }

    /** Its end, which may come just now, removes the note. */
    private void remember(ExternalContainer container, Resources totals) throws IOException {
        memos.save(container.setResources(totals));
        if (containers.get(container.id()) != container) {
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
        return Optional.ofNullable(containers.get(id))
                .filter(container -> container.launched().join());
    }

    @Override
    public ContainerStatus status(ContainerId id) throws IOException {
        ExternalContainer container = containers.get(id);
        if (container == null) {
            throw new UnknownContainerException(id);
        }
        return container.status();
    }

    @Override
    public CompletionStage<Optional<Termination>> wait(ContainerId id) {
        ExternalContainer container = containers.get(id);
        return container == null
                ? CompletableFuture.completedFuture(ends.find(id))
                : container.termination().copy();
    }

    /**
     * The protocol has no signals.
     *
     * @return false for an unknown container
     * @throws IOException for any other one
     */
    @Override
    public boolean kill(ContainerId id, int signal) throws IOException {
        if (containers.containsKey(id)) {
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
        ExternalContainer container = containers.get(id);
        if (container == null) {
            return CompletableFuture.completedFuture(ends.find(id));
        }
        container.requestEnd(reason);
        CompletionStage<Optional<Termination>> termination =
                container.termination().copy();
        endings.destroy(container);
        return termination;
    }

    @Override
    public Set<ContainerId> containers() {
        return Set.copyOf(containers.keySet());
    }

    /**
     * Ends the processes that wait for containers, and lets other calls come to their ends: whoever closes the poller next
     * would leave them unreaped. The containers go on.
     */
    @Override
    public void close() {
        endings.close();
        for (ExternalContainer container : containers.values()) {
            try {
                Endings.endWaiting(container);
            } catch (IOException e) {
                LOG.warn("what waits for container {} could not be ended", container.id(), e);
            }
        }
        calls.awaitAll();
    }
}
