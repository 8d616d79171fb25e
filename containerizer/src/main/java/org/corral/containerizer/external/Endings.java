package org.corral.containerizer.external;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.corral.containerizer.external.ExternalContainer.Waiting;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.protocol.TerminationMessages;
import org.corral.containerizer.lifecycle.Roster;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.usage.ContainerUsage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How containers come to their ends: one {@code wait} for each, and {@code destroy} on request. Thread-safe. */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final Roster<ExternalContainer> containers;
    private final ProgramCalls calls;
    private final MemoStore memos;
    private final Duration grace;
    private final Executor workers;
    private volatile boolean closed;

    Endings(
            Roster<ExternalContainer> containers,
            ProgramCalls calls,
            MemoStore memos,
            Duration grace,
            Executor workers) {
        this.containers = containers;
        this.calls = calls;
        this.memos = memos;
        this.grace = grace;
        this.workers = workers;
    }

    /** From now on a {@code wait} that fails says nothing about its container. */
    void close() {
        closed = true;
    }

    /** Starts the one {@code wait} of a container. */
    void watch(ExternalContainer container) throws IOException {
        ProgramCall call = calls.startWait(container.id(), container.memo().sandbox());
        CompletableFuture<Void> told = new CompletableFuture<>();
        container.setWaiting(new Waiting(call, told));
        call.output()
                .whenCompleteAsync((output, failure) -> tell(container, output, failure), workers)
                .whenComplete((output, failure) -> told.complete(null));
    }

    private void tell(ExternalContainer container, byte @Nullable [] output, @Nullable Throwable failure) {
        try {
            if (output == null) {
                throw ProgramCall.asIoException(failure == null ? new IOException("no answer") : failure);
            }
            forget(container, Optional.of(termination(container, calls.termination(output))));
        } catch (IOException e) {
            if (closed) {
                container.fail(
                        new IOException("the containerizer was closed before container " + container.id() + " ended"));
            } else if (!container.isBeingDestroyed()) { // else that tells
                LOG.warn("the end of container {} will not be noticed: {}", container.id(), e.getMessage());
                container.fail(e);
            }
        }
    }

    private static Termination termination(ExternalContainer container, Calls.Termination message) {
        return new Termination(
                container.id(),
                TerminationMessages.reason(message, container.endReason()),
                TerminationMessages.status(message),
                TerminationMessages.limitations(message),
                ContainerUsage.nothing(Instant.now()),
                container.wall());
    }

    /** Forgets a container. */
    void forget(ExternalContainer container, Optional<Termination> termination) {
        try {
            memos.remove(container.id());
        } catch (IOException e) {
            LOG.warn("the note on container {} could not be removed", container.id(), e);
        }
        containers.leave(container.id(), container, termination);
        container.termination().complete(termination);
    }

    /** Destroys a container once its launch is over, on a worker. {@return its end} */
    CompletionStage<Optional<Termination>> destroy(ExternalContainer container, TerminationReason reason) {
        container.requestEnd(reason);
        CompletionStage<Optional<Termination>> termination =
                container.termination().copy();
        CompletionStage<Boolean> launched = container.launched();
        launched.thenAcceptAsync(exists -> destroyLaunched(container, exists), workers);
        return termination;
    }

    /** A failure is told once another call may be made, so that who waits for it can try again. */
    private void destroyLaunched(ExternalContainer container, boolean exists) {
        if (!exists || !container.beginDestroy()) {
            return;
        }
        Optional<IOException> failure = Optional.empty();
        try {
            if (isKnown(container)) { // else it was destroyed before this worker came to it
                failure = destroyKnown(container);
            }
        } finally {
            container.endDestroy();
        }
        failure.ifPresent(container::fail);
    }

    private boolean isKnown(ExternalContainer container) {
        return containers.has(container.id(), container);
    }

    private Optional<IOException> destroyKnown(ExternalContainer container) {
        Optional<IOException> failure = callDestroy(container);
        awaitTold(container);
        if (!isKnown(container)) {
            return Optional.empty();
        }
        return failure.isPresent() ? failure : conclude(container);
    }

    private Optional<IOException> callDestroy(ExternalContainer container) {
        try {
            calls.destroy(container.id(), container.memo().sandbox());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            return Optional.of(new IOException("container " + container.id() + " could not be destroyed: " + e, e));
        }
    }

    /** A program whose container has just ended answers its {@code wait} at once, and knows best how it ended. */
    private void awaitTold(ExternalContainer container) {
        try {
            if (container.waiting().isPresent()) {
                container.waiting().get().told().get(grace.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            LOG.debug("the wait of container {} does not answer", container.id(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("told is never told of a failure", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<IOException> conclude(ExternalContainer container) {
        try {
            endWaiting(container);
            forget(container, Optional.of(destroyed(container)));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /** How the container itself ended nobody has told. */
    private static Termination destroyed(ExternalContainer container) {
        return new Termination(
                container.id(),
                container.endReason().orElse(TerminationReason.DESTROYED),
                Optional.empty(),
                List.of(),
                ContainerUsage.nothing(Instant.now()),
                container.wall());
    }

    /** Kills what waits for a container; the container does not depend on it. */
    static void endWaiting(ExternalContainer container) throws IOException {
        Optional<Waiting> waiting = container.waiting();
        if (waiting.isPresent()) {
            waiting.get().call().end();
        }
    }
}
