package org.corral.containerizer.composing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.corral.containerizer.lifecycle.Roster;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several containerizers as one. A launch is offered to each in their order until one does not answer {@link
 * LaunchOutcome#NOT_SUPPORTED}; every later call for that container goes to that one.
 *
 * <p>A container may be destroyed while one is still looked for: the containerizer that is being asked is told, and no
 * other one is asked. That one may hear of it before it knows the id; if it launches the container all the same, it is
 * told again. Calls that need to know the container's place wait until it is found. Thread-safe.
 */
public final class ComposingContainerizer implements Containerizer {

    private static final Logger LOG = LoggerFactory.getLogger(ComposingContainerizer.class);

    private final Roster<Route> routes = new Roster<>(Route::end);
    private final List<Containerizer> containerizers;

    /**
     * Puts containerizers together.
     *
     * @param containerizers in the order in which they are asked, at least one
     */
    public ComposingContainerizer(List<Containerizer> containerizers) {
        this.containerizers = List.copyOf(containerizers);
        if (containerizers.isEmpty()) {
            throw new IllegalArgumentException("no containerizer is given: give one or more");
        }
    }

    /**
     * Recovers all of them, also when one fails, and asks each for its containers. An id that two of them claim stays
     * with the first.
     *
     * @throws IOException the first failure, the others suppressed; what the rest found is known then
     */
    @Override
    public Set<ContainerId> recover() throws IOException {
        @Nullable IOException failure = null;
        for (Containerizer one : containerizers) {
            try {
                one.recover();
                one.containers().forEach(id -> adopt(id, one));
            } catch (IOException e) {
                failure = joined(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return containers();
    }

    private static IOException joined(@Nullable IOException first, IOException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    private void adopt(ContainerId id, Containerizer owner) {
        Route route = new Route();
        if (routes.enter(id, route)) {
            keep(id, route, owner);
        } else {
            LOG.warn("container {} was recovered by two containerizers: calls for it go to the first", id);
        }
    }

    @Override
    public LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException {
        Route route = new Route();
        if (!routes.enter(id, route)) {
            return LaunchOutcome.ALREADY_LAUNCHED;
        }
        routes.forgetEnd(id);
        for (Containerizer next : containerizers) {
            if (!route.offer(next)) {
                forget(id, route, Optional.empty());
                throw new LaunchException(
                        LaunchException.Kind.FAILED, "container " + id + " was destroyed before it was launched");
            }
            LaunchOutcome outcome = launchWith(next, id, route, request);
            if (outcome != LaunchOutcome.NOT_SUPPORTED) {
                return outcome;
            }
        }
        forget(id, route, Optional.empty());
        return LaunchOutcome.NOT_SUPPORTED;
    }

    private LaunchOutcome launchWith(Containerizer next, ContainerId id, Route route, LaunchRequest request)
            throws LaunchException {
        LaunchOutcome outcome;
        try {
            outcome = next.launch(id, request);
        } catch (LaunchException | RuntimeException e) {
            afterFailure(next, id, route);
            throw e;
        }
        if (outcome == LaunchOutcome.LAUNCHED) {
            afterSuccess(next, id, route);
        } else if (outcome == LaunchOutcome.ALREADY_LAUNCHED) {
            forget(id, route, Optional.empty()); // somebody else's
        }
        return outcome;
    }

    private void afterSuccess(Containerizer owner, ContainerId id, Route route) {
        Optional<TerminationReason> missed = route.settle(Optional.of(owner));
        follow(id, route, missed.isPresent() ? owner.destroy(id, missed.get()) : owner.wait(id));
    }

    /** What it could not undo it still knows, to be destroyed again. */
    private void afterFailure(Containerizer owner, ContainerId id, Route route) {
        if (owner.containers().contains(id)) {
            keep(id, route, owner);
        } else {
            CompletableFuture<Optional<Termination>> told = owner.wait(id).toCompletableFuture();
            forget(id, route, told.isCompletedExceptionally() ? Optional.empty() : told.getNow(Optional.empty()));
        }
    }

    private void keep(ContainerId id, Route route, Containerizer owner) {
        route.settle(Optional.of(owner));
        follow(id, route, owner.wait(id));
    }

    /** Hands on an end, or the failure of an attempt to end it; that of an earlier attempt must not end a later one. */
    private void follow(ContainerId id, Route route, CompletionStage<Optional<Termination>> source) {
        CompletableFuture<Optional<Termination>> attempt = route.end();
        source.whenComplete((termination, failure) -> {
            if (failure == null) {
                forget(id, route, termination);
            } else {
                attempt.completeExceptionally(causeOf(failure));
            }
        });
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private void forget(ContainerId id, Route route, Optional<Termination> termination) {
        routes.leave(id, route, termination);
        if (!route.isSettled()) {
            route.settle(Optional.empty());
        }
        route.end().complete(termination);
    }

    @Override
    public boolean update(ContainerId id, Resources resources, MemoryLowering lowering) throws IOException {
        Optional<Containerizer> owner = ownerOf(id);
        return owner.isPresent() && owner.get().update(id, resources, lowering);
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        Optional<Containerizer> owner = ownerOf(id);
        if (owner.isEmpty()) {
            throw new UnknownContainerException(id);
        }
        return owner.get().usage(id);
    }

    private Optional<Containerizer> ownerOf(ContainerId id) {
        return routes.find(id).flatMap(Route::awaitOwner);
    }

    /** Does not wait: while a place is looked for, a container that nobody knows yet is starting. */
    @Override
    public ContainerStatus status(ContainerId id) throws IOException {
        Route route = routes.get(id);
        Optional<Containerizer> current = route.current();
        try {
            return current.isPresent() ? current.get().status(id) : starting(id, route);
        } catch (UnknownContainerException e) {
            if (route.isSettled()) {
                throw e;
            }
            return starting(id, route);
        }
    }

    private static ContainerStatus starting(ContainerId id, Route route) {
        boolean ending = route.stage() == Route.Stage.DESTROYING;
        return new ContainerStatus(
                id, ending ? ContainerState.DESTROYING : ContainerState.STARTING, route.since(), OptionalInt.empty());
    }

    @Override
    public CompletionStage<Optional<Termination>> wait(ContainerId id) {
        return routes.end(id);
    }

    @Override
    public boolean kill(ContainerId id, int signal) throws IOException {
        Optional<Containerizer> current = routes.find(id).flatMap(Route::current);
        return current.isPresent() && current.get().kill(id, signal);
    }

    @Override
    public CompletionStage<Optional<Termination>> destroy(ContainerId id, TerminationReason reason) {
        Optional<Route> route = routes.find(id);
        return route.isPresent() ? destroy(id, route.get(), reason) : routes.pastEnd(id);
    }

    private CompletionStage<Optional<Termination>> destroy(ContainerId id, Route route, TerminationReason reason) {
        route.requestEnd(reason);
        CompletionStage<Optional<Termination>> end = route.end().copy();
        boolean settled =
                route.isSettled(); // asked before: whoever settles it later passes the wish on, and follows it
        route.current().ifPresent(containerizer -> {
            CompletionStage<Optional<Termination>> answer = containerizer.destroy(id, reason);
            if (settled) {
                follow(id, route, answer);
            }
        });
        return end;
    }

    @Override
    public Set<ContainerId> containers() {
        return routes.ids();
    }
}
