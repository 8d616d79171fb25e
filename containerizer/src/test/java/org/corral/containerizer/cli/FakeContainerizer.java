package org.corral.containerizer.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
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

/** A containerizer that notes what it is asked for. The test decides what happens. Confined to one thread. */
final class FakeContainerizer implements Containerizer {

    final List<String> calls = new ArrayList<>();
    final CompletableFuture<Optional<Termination>> end = new CompletableFuture<>();
    LaunchOutcome outcome = LaunchOutcome.LAUNCHED;
    Optional<LaunchException> failure = Optional.empty();
    boolean alive = true;
    boolean forbidsSignals;
    Optional<ContainerUsage> usage = Optional.empty();

    @Override
    public Set<ContainerId> recover() {
        return Set.of();
    }

    @Override
    public LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException {
        calls.add("launch");
        if (failure.isPresent()) {
            throw failure.get();
        }
        return outcome;
    }

    @Override
    public boolean update(ContainerId id, Resources resources, MemoryLowering lowering) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        return usage.orElseThrow(() -> new UnknownContainerException(id));
    }

    @Override
    public ContainerStatus status(ContainerId id) {
        return new ContainerStatus(id, ContainerState.RUNNING, Instant.EPOCH, OptionalInt.empty());
    }

    @Override
    public CompletionStage<Optional<Termination>> wait(ContainerId id) {
        return end;
    }

    @Override
    public boolean kill(ContainerId id, int signal) throws IOException {
        calls.add("kill " + new Signal(signal));
        if (forbidsSignals) {
            throw new IOException("EPERM");
        }
        return alive;
    }

    @Override
    public CompletionStage<Optional<Termination>> destroy(ContainerId id, TerminationReason reason) {
        calls.add("destroy " + reason);
        return end;
    }

    @Override
    public Set<ContainerId> containers() {
        return Set.of();
    }
}
