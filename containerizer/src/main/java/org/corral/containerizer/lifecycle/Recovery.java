package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.corral.cgroup.ForeignCgroupException;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.NestedContainerException;
import org.corral.core.Resources;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.Launcher;
import org.corral.linux.Linux;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the containers of agents that are gone. Those of an agent that still runs are left alone. What cannot be
 * taken over is logged and stays as it is, never fatal.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Linux linux;
    private final Launcher launcher;
    private final IsolatorStack isolators;
    private final Inheritance inheritance;
    private final StateStore store;
    private final CheckpointWriter checkpoints;
    private final Consumer<? super ContainerEvent> events;

    Recovery(
            Linux linux,
            Launcher launcher,
            IsolatorStack isolators,
            Inheritance inheritance,
            StateStore store,
            CheckpointWriter checkpoints,
            Consumer<? super ContainerEvent> events) {
        this.linux = linux;
        this.launcher = launcher;
        this.isolators = isolators;
        this.inheritance = inheritance;
        this.store = store;
        this.checkpoints = checkpoints;
        this.events = events;
    }

    /**
     * Takes over what there is, and makes ready for new containers what dead agents left of the others' state. Only one
     * agent does so at a time.
     *
     * @throws org.corral.containerizer.state.RootLockedException if that is another one
     */
    Findings run() throws IOException {
        boolean lockedJustNow = store.lock();
        try (LeftGates gates = new LeftGates(linux, store)) {
            store.sweep();
            setAsideDamaged(gates);
            Findings findings = new Findings();
            for (Checkpoint checkpoint : store.list()) {
                takeOverUnlessOwned(checkpoint, gates, findings);
            }
            return findings;
        } finally {
            if (lockedJustNow) {
                store.unlock();
            }
        }
    }

    private void setAsideDamaged(LeftGates gates) throws IOException {
        for (Path damaged : store.damaged()) {
            try {
                gates.open(damaged);
                Optional<Path> aside = store.setAside(damaged);
                aside.ifPresent(path -> LOG.warn(
                        "{} holds no checkpoint of a container: it is {} now, and what runs of it will be ended",
                        damaged,
                        path.getFileName()));
            } catch (IOException e) {
                LOG.warn("{} holds no checkpoint and cannot be set aside", damaged, e);
            }
        }
    }

    private void takeOverUnlessOwned(Checkpoint checkpoint, LeftGates gates, Findings findings) {
        try {
            if (!checkpoint.isOwned(linux)) {
                takeOver(checkpoint, gates, findings);
            }
        } catch (IOException | RuntimeException e) {
            isolators.release(checkpoint.id());
            LOG.warn("container {} could not be taken over", checkpoint.id(), e);
        }
    }

    private void takeOver(Checkpoint checkpoint, LeftGates gates, Findings findings) throws IOException {
        if (checkpoint.id().parent().isPresent()) {
            throw new NestedContainerException(checkpoint.id()); // of a release that knows them
        }
        inheritance.admit(checkpoint);
        linux.descriptors().makeRoom();
        boolean launched = gates.hasPassed(checkpoint);
        Optional<Container> container = recover(checkpoint);
        if (container.isPresent()) {
            store.takeOver(checkpoint.id(), checkpoints.owner());
            findings.add(container.get(), launched, checkpoint.wish());
        }
    }

    /** {@return the container, empty if there is none of it but the checkpoint, which is removed} */
    private Optional<Container> recover(Checkpoint checkpoint) throws IOException {
        Container container = new Container(checkpoint.id(), checkpoint.resources(), ContainerState.RUNNING, events);
        container.markReleased(checkpoint.launchedAt());
        RecoveredContainer recovered = new RecoveredContainer(
                checkpoint.id(), pidOf(checkpoint), checkpoint.resources(), checkpoint.directory());
        try {
            Optional<ContainerProcess> process = launcher.recover(recovered);
            if (pidOf(checkpoint).isPresent()) { // still: so what is held is not a later one of that number
                process.ifPresent(container::setProcess);
            }
        } catch (ForeignCgroupException e) {
            if (recovered.pid().isPresent()) {
                throw e;
            }
            LOG.info("of container {} nothing is left: {}", checkpoint.id(), e.getMessage());
            store.remove(checkpoint.id());
            return Optional.empty();
        }
        isolators.recover(recovered);
        return Optional.of(container);
    }

    /** Of one too that has ended and was not reaped yet: then the kernel still tells how. */
    private OptionalInt pidOf(Checkpoint checkpoint) throws IOException {
        return checkpoint
                .findInit(linux)
                .map(init -> OptionalInt.of(init.pid()))
                .orElse(OptionalInt.empty());
    }

    /**
     * Takes over what is on the host, is ours, and is written down nowhere: an agent was killed before this release wrote
     * first, or its state was damaged. {@return what is to be removed}
     */
    List<Container> strays() {
        List<Container> strays = new ArrayList<>();
        try {
            List<ContainerId> claimed =
                    launcher.findAll().stream().filter(this::claimStray).toList();
            if (!claimed.isEmpty()) {
                Set<ContainerId> there = launcher.findAll(); // once nobody else can have them any more
                claimed.forEach(id -> takeOverStray(id, there).ifPresent(strays::add));
            }
        } catch (IOException e) {
            LOG.warn("cgroups that no checkpoint tells of cannot be looked for", e);
        }
        return strays;
    }

    /** The claim makes sure that no other agent has it, or comes to have it. */
    private boolean claimStray(ContainerId id) {
        try {
            return checkpoints.claimStray(id);
        } catch (IOException | RuntimeException e) {
            LOG.warn("stray container {} cannot be removed", id, e);
            return false;
        }
    }

    private Optional<Container> takeOverStray(ContainerId id, Set<ContainerId> there) {
        try {
            if (!there.contains(id)) { // it was ending just now
                store.remove(id);
                return Optional.empty();
            }
            LOG.warn("container {} is written down nowhere: what runs of it is ended", id);
            RecoveredContainer stray = new RecoveredContainer(id, OptionalInt.empty(), Resources.NONE);
            launcher.recover(stray);
            return Optional.of(new Container(id, stray.resources(), ContainerState.RUNNING, events));
        } catch (IOException | RuntimeException e) {
            isolators.release(id);
            LOG.warn("stray container {} cannot be removed", id, e);
            return Optional.empty();
        }
    }
}
