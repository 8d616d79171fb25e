package org.corral.containerizer.composing;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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

/** A containerizer that does as the test says, and notes what it was asked for. Thread-safe. */
final class ScriptedContainerizer implements Containerizer {

    /** What a launch does. */
    interface Launching {
        LaunchOutcome launch() throws LaunchException;
    }

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final Set<ContainerId> known = Collections.synchronizedSet(new HashSet<>());
    final Map<ContainerId, CompletableFuture<Optional<Termination>>> ends = new ConcurrentHashMap<>();
    volatile Launching launching = () -> LaunchOutcome.LAUNCHED;
    volatile Optional<IOException> recovery = Optional.empty();

    static Termination termination(ContainerId id, TerminationReason reason) {
        return new Termination(
                id, reason, Optional.empty(), List.of(), ContainerUsage.nothing(Instant.EPOCH), Duration.ZERO);
    }

    /** Ends a container. */
    void end(ContainerId id, TerminationReason reason) {
        known.remove(id);
        Objects.requireNonNull(ends.get(id)).complete(Optional.of(termination(id, reason)));
    }

    /** Makes the attempt to end a container fail. */
    void failEnd(ContainerId id, Throwable failure) {
        CompletableFuture<Optional<Termination>> failed = Objects.requireNonNull(ends.get(id));
        ends.put(id, new CompletableFuture<>());
        failed.completeExceptionally(failure);
    }

    @Override
    public Set<ContainerId> recover() throws IOException {
        calls.add("recover");
        if (recovery.isPresent()) {
            throw recovery.get();
        }
        known.forEach(id -> ends.put(id, new CompletableFuture<>()));
        return containers();
    }

    @Override
    public LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException {
        calls.add("launch");
        LaunchOutcome outcome = launching.launch();
        if (outcome == LaunchOutcome.LAUNCHED) {
            known.add(id);
            ends.put(id, new CompletableFuture<>());
        }
        return outcome;
    }

    @Override
    public boolean update(ContainerId id, Resources resources, MemoryLowering lowering) {
        calls.add("update");
        return known.contains(id);
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        calls.add("usage");
        require(id);
        return ContainerUsage.nothing(Instant.EPOCH);
    }

    @Override
    public ContainerStatus status(ContainerId id) throws IOException {
        require(id);
        return new ContainerStatus(id, ContainerState.RUNNING, Instant.EPOCH, OptionalInt.of(77));
    }

    private void require(ContainerId id) throws UnknownContainerException {
        if (!known.contains(id)) {
            throw new UnknownContainerException(id);
        }
    }

    @Override
    public CompletionStage<Optional<Termination>> wait(ContainerId id) {
        calls.add("wait");
        return end(id);
    }

    @Override
    public boolean kill(ContainerId id, int signal) {
        calls.add("kill " + signal);
        return known.contains(id);
    }

    @Override
    public CompletionStage<Optional<Termination>> destroy(ContainerId id, TerminationReason reason) {
        calls.add("destroy " + reason);
        return end(id);
    }

    private CompletionStage<Optional<Termination>> end(ContainerId id) {
        CompletableFuture<Optional<Termination>> end = ends.get(id);
        return end == null ? CompletableFuture.completedFuture(Optional.empty()) : end.copy();
    }

    @Override
    public Set<ContainerId> containers() {
        return Set.copyOf(known);
    }
}
