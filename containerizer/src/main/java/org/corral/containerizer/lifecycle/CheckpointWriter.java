package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.corral.containerizer.state.BootId;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.corral.linux.Linux;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down this agent's containers as they go through their launch. Thread-safe for different containers. */
final class CheckpointWriter {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);

    private final Linux linux;
    private final StateStore store;
    private final String root;
    private final List<String> isolation;
    private final String bootId;
    private final ProcessIdentity owner;

    CheckpointWriter(Linux linux, StateStore store, String root, List<String> isolation) throws IOException {
        this.linux = linux;
        this.store = store;
        this.root = root;
        this.isolation = isolation;
        this.bootId = BootId.of(linux);
        this.owner = identity(linux.processes().pid());
    }

    private ProcessIdentity identity(int pid) throws IOException {
        return ProcessIdentity.of(linux, pid)
                .orElseThrow(() -> new IOException("pid " + pid + " is not in /proc: mount proc(5) there"));
    }

    ProcessIdentity owner() {
        return owner;
    }

    /** {@return where a container's files are, its checkpoint among them} */
    Path directoryOf(ContainerId id) {
        return store.directoryOf(id);
    }

    /** {@return whether the id is this agent's now; false if somebody has it already} */
    boolean claim(ContainerId id, LaunchRequest request) throws IOException {
        return claim(
                id, request.resources(), request.command(), request.directory().map(Path::toAbsolutePath));
    }

    /** The same for what is on the host and written down nowhere, to be removed. */
    boolean claimStray(ContainerId id) throws IOException {
        return claim(id, Resources.NONE, List.of(), Optional.empty());
    }

    private boolean claim(ContainerId id, Resources resources, List<String> command, Optional<Path> directory)
            throws IOException {
        return store.claim(new Checkpoint(
                Checkpoint.VERSION,
                id,
                bootId,
                owner,
                Optional.empty(),
                root,
                isolation,
                resources,
                command,
                directory,
                Instant.now(),
                false,
                Optional.empty()));
    }

    /** Lets another agent take a container over while this process lives on. */
    void giveUp(ContainerId id) {
        try {
            store.changeAtOnce(id, now -> Optional.of(now)
                    .filter(mine -> mine.owner().equals(owner))
                    .map(mine -> mine.withOwner(ProcessIdentity.nobody(owner.pid()))));
        } catch (IOException e) {
            LOG.warn("container {} cannot be taken over while process {} lives", id, owner.pid(), e);
        }
    }

    /** Nobody else writes before that. */
    void recordInit(ContainerId id, int pid) throws IOException {
        Optional<Checkpoint> checkpoint = store.find(id);
        if (checkpoint.isPresent()) {
            store.save(checkpoint.get().withInit(identity(pid)));
        }
    }

    /**
     * Changes what a container is to have, and writes that down. No other change is under way meanwhile, and what was changed
     * at another terminal is there already.
     *
     * @param known what it is to have where nothing is written down of it
     */
    void changeResources(ContainerId id, Resources known, ResourcesChange change) throws IOException {
        if (!store.change(id, now -> Optional.of(now.withResources(change.from(now.resources()))))) {
            change.from(known);
        }
    }

    /** Writes down that the container is to end, for the next agent to end it if this one cannot: it may be frozen by then. */
    void recordWish(ContainerId id, TerminationReason reason) {
        try {
            store.changeAtOnce(
                    id, now -> now.wish().isPresent() ? Optional.empty() : Optional.of(now.withWish(reason)));
        } catch (IOException e) {
            LOG.warn("that container {} is to end is not written down", id, e);
        }
    }

    /** {@return why somebody wants the container to end, at another terminal perhaps} */
    Optional<TerminationReason> wish(ContainerId id) {
        try {
            return store.wish(id);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Changes what a container is to have. */
    @FunctionalInterface
    interface ResourcesChange {

        /** {@return what it is to have now} */
        Resources from(Resources before) throws IOException;
    }
}
