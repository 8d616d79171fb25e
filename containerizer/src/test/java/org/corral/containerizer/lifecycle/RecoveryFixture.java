package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.Termination;

/** A host with what agents left on it. */
abstract class RecoveryFixture extends LifecycleFixture {

    static final ProcessIdentity DEAD_AGENT = new ProcessIdentity(99, 1000);

    static final ProcessIdentity INIT = new ProcessIdentity(ScriptedProcess.PID, 1000);

    static Checkpoint checkpoint(ContainerId id, ProcessIdentity owner, Optional<ProcessIdentity> init) {
        return new Checkpoint(
                Checkpoint.VERSION,
                id,
                Host.BOOT,
                owner,
                init,
                "/corral",
                List.of("a", "b"),
                Resources.NONE.withPids(9),
                List.of("/bin/server"),
                Optional.of(Path.of("/srv/web")),
                Instant.EPOCH,
                false,
                Optional.empty());
    }

    void writtenDown(Checkpoint checkpoint) throws IOException {
        host.store.claim(checkpoint);
    }

    Optional<Termination> told(ContainerId id) throws Exception {
        return containerizer.wait(id).toCompletableFuture().get();
    }
}
