package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.corral.core.UpdateException;
import org.corral.core.isolator.LimitStep;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.isolator.ResourceUpdate;
import org.corral.core.launcher.Launcher;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Deadline;
import org.corral.linux.Linux;
import org.corral.linux.process.PidFd;

/**
 * A container of another agent, looked at and steered from outside, as by a command in another terminal. Its owner stays
 * its owner and cleans up after it; only where the owner is gone this does. Confined to one thread.
 */
public final class ForeignContainer implements AutoCloseable {

    private final Linux linux;
    private final Launcher launcher;
    private final IsolatorStack isolators;
    private final StateStore store;
    private final Checkpoint checkpoint;

    /**
     * Attaches to a container.
     *
     * @param containment made for the isolation that the checkpoint names
     * @throws IOException if it cannot be attached to
     */
    public ForeignContainer(Linux linux, Containment containment, StateStore store, Checkpoint checkpoint)
            throws IOException {
        this.linux = linux;
        this.launcher = containment.launcher();
        this.isolators = new IsolatorStack(containment.isolators());
        this.store = store;
        this.checkpoint = checkpoint;
        RecoveredContainer recovered =
                new RecoveredContainer(id(), pid(), checkpoint.resources(), checkpoint.directory());
        attach(recovered);
    }

    /** What was opened until one failed would stay open. */
    private void attach(RecoveredContainer recovered) throws IOException {
        try {
            launcher.recover(recovered);
            isolators.recover(recovered);
        } catch (IOException | RuntimeException e) {
            isolators.release(recovered.id());
            throw e;
        }
    }

    private ContainerId id() {
        return checkpoint.id();
    }

    private OptionalInt pid() throws IOException {
        return checkpoint
                .livingInit(linux)
                .map(init -> OptionalInt.of(init.pid()))
                .orElse(OptionalInt.empty());
    }

    /** {@return what was written down of it when this was made} */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** {@return what it has used until now} */
    public ContainerUsage usage() {
        return isolators.usage(id());
    }

    /** {@return what isolators know of it beside its use, as {@code net_cls.classid}} */
    public Map<String, String> details() {
        return isolators.status(id());
    }

    /**
     * {@return what an update would write, in this order, and what it would not, and why; writes nothing}
     *
     * @throws IOException if the control files cannot be read
     */
    public List<LimitStep> plan(Resources wanted, MemoryLowering lowering) throws IOException {
        return isolators.plan(id(), updateTo(wanted, lowering));
    }

    private ResourceUpdate updateTo(Resources wanted, MemoryLowering lowering) throws IOException {
        Resources before = current().orElse(checkpoint).resources();
        return ResourceUpdate.of(wanted, before, lowering);
    }

    /**
     * Changes what it is to have; a hard memory limit is not lowered.
     *
     * @throws IOException as {@link #update(Resources, MemoryLowering)}
     */
    public void update(Resources wanted) throws IOException {
        update(wanted, MemoryLowering.KEEP);
    }

    /**
     * Changes what it is to have, all of it or nothing; absent amounts stay as they are.
     *
     * @param lowering what becomes of a hard memory limit that is to be lowered
     * @throws UpdateException if a limit could not be changed; the message names it
     * @throws IOException if it cannot be written down
     */
    public void update(Resources wanted, MemoryLowering lowering) throws IOException {
        boolean written = store.change(id(), now -> {
            if (!isWritable(now)) {
                return Optional.empty();
            }
            ResourceUpdate update = ResourceUpdate.of(wanted, now.resources(), lowering);
            isolators.update(id(), update);
            return Optional.of(now.withResources(update.wanted()));
        });
        if (!written) {
            isolators.update(id(), updateTo(wanted, lowering));
        }
    }

    /**
     * Sends its first process a signal.
     *
     * @return whether that was still there
     * @throws IOException if the kernel refused, EPERM among others
     */
    public boolean kill(int signal) throws IOException {
        Optional<ProcessIdentity> init = checkpoint.init();
        if (init.isEmpty()) {
            return false;
        }
        Optional<PidFd> held = PidFd.open(linux, init.get().pid());
        if (held.isEmpty()) {
            return false;
        }
        try (PidFd process = held.get()) {
            // Asked after the descriptor is held: the process found now is the one it stands for.
            return checkpoint.livingInit(linux).isPresent() && process.signal(signal);
        }
    }

    /**
     * Ends it and returns when nothing of it is left.
     *
     * @throws IOException if something is left; may be called again
     */
    public void destroy() throws IOException {
        requestDestroy();
        launcher.destroy(id(), Ending.LAST_PROCESS);
        Deadline deadline = Deadline.after(Ending.LAST_PROCESS);
        while (checkpoint.isOwned(linux)) {
            if (isGone()) {
                return;
            }
            if (deadline.hasPassed()) {
                throw new IOException("the agent of container " + id() + ", pid "
                        + checkpoint.owner().pid() + ", does not clean up after it: end that agent, and try again");
            }
            deadline.pause();
        }
        isolators.cleanup(id());
        store.remove(id());
    }

    /** {@return what is written down of it now, empty once it is gone, though another of its name may have come} */
    private Optional<Checkpoint> current() throws IOException {
        return store.find(id()).filter(this::isThis);
    }

    /** Not while its owner launches it: what that writes down then, the first process, must not be overwritten. */
    private boolean isWritable(Checkpoint now) {
        return isThis(now) && now.init().isPresent();
    }

    private boolean isThis(Checkpoint other) {
        return other.launchedAt().equals(checkpoint.launchedAt());
    }

    /** The directory goes last; one without a checkpoint is on its way out, or another container's on its way in. */
    private boolean isGone() throws IOException {
        Optional<Checkpoint> now = store.find(id());
        return now.isPresent() ? !isThis(now.get()) : Files.notExists(store.directoryOf(id()));
    }

    /** Its owner may end it, and remove the directory, at any time. */
    private void requestDestroy() throws IOException {
        store.changeAtOnce(
                id(),
                now -> isWritable(now) ? Optional.of(now.withWish(TerminationReason.DESTROYED)) : Optional.empty());
    }

    /** Lets go of it; it goes on. */
    @Override
    public void close() {
        isolators.release(id());
    }
}
