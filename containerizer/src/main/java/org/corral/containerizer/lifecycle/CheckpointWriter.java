package org.corral.containerizer.lifecycle;

import java.io.IOException;
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
import org.corral.linux.Linux;

/** Writes down this agent's containers as they go through their launch. Thread-safe for different containers. */
final class CheckpointWriter {

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

    void begin(ContainerId id, LaunchRequest request) throws IOException {
        store.save(new Checkpoint(
                Checkpoint.VERSION,
                id,
                bootId,
                owner,
                Optional.empty(),
                root,
                isolation,
                request.resources(),
                request.command(),
                Instant.now(),
                false));
    }

    void recordInit(ContainerId id, int pid) throws IOException {
        Optional<Checkpoint> checkpoint = store.find(id);
        if (checkpoint.isPresent()) {
            store.save(checkpoint.get().withInit(identity(pid)));
        }
    }

    void recordResources(ContainerId id, Resources resources) throws IOException {
        Optional<Checkpoint> checkpoint = store.find(id);
        if (checkpoint.isPresent()) {
            store.save(checkpoint.get().withResources(resources));
        }
    }

    /** {@return whether somebody at another terminal asked for the container's end} */
    boolean destroyRequested(ContainerId id) {
        try {
            return store.find(id).map(Checkpoint::destroyRequested).orElse(false);
        } catch (IOException e) {
            return false;
        }
    }
}
