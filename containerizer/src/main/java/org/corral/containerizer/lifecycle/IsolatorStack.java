package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.LimitStep;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.isolator.ResourceUpdate;
import org.corral.core.usage.ContainerUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Isolators in their order, called as their interface promises: forwards, but cleaned up backwards and all of them.
 *
 * <p>Thread-safe for different containers; the caller sees to it that calls for one container take turns.
 */
final class IsolatorStack {

    private static final Logger LOG = LoggerFactory.getLogger(IsolatorStack.class);

    private final List<Isolator> isolators;
    private final Map<ContainerId, List<Isolator>> exceptions = new ConcurrentHashMap<>();

    /** Takes them in the order in which they prepare. */
    IsolatorStack(List<Isolator> isolators) {
        this.isolators = List.copyOf(isolators);
    }

    /** Has other isolators for a container of an earlier agent, until its end. */
    void except(ContainerId id, List<Isolator> its) {
        exceptions.put(id, List.copyOf(its));
    }

    private List<Isolator> of(ContainerId id) {
        return exceptions.getOrDefault(id, isolators);
    }

    /** Without one that cannot take the container over: it does not keep the others from it, nor the agent. */
    void recover(RecoveredContainer container) {
        for (Isolator isolator : of(container.id())) {
            try {
                isolator.recover(container);
            } catch (IOException | RuntimeException e) {
                Level level = container.pid().isPresent() ? Level.WARN : Level.DEBUG; // there may be nothing to watch
                LOG.atLevel(level)
                        .setCause(e)
                        .log("{} does not limit or watch container {} any more", isolator.name(), container.id());
            }
        }
    }

    /** {@return what all of them add to the launch, with the request's own variables} */
    Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        Contributions contributions = new Contributions(request);
        for (Isolator isolator : of(id)) {
            contributions.add(isolator.name(), isolator.prepare(id, request));
        }
        return contributions.together();
    }

    void isolate(ContainerId id, int pid) throws IOException {
        for (Isolator isolator : of(id)) {
            isolator.isolate(id, pid);
        }
    }

    void watch(ContainerId id, Consumer<Limitation> onLimitation) {
        for (Isolator isolator : of(id)) {
            watched(isolator, id).whenComplete((limitation, failure) -> {
                if (failure == null) {
                    onLimitation.accept(limitation);
                } else {
                    LOG.warn("limits of {} on container {} are not watched any more", isolator.name(), id, failure);
                }
            });
        }
    }

    private static CompletionStage<Limitation> watched(Isolator isolator, ContainerId id) {
        try {
            return isolator.watch(id);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Updates with all of them, or with none. */
    void update(ContainerId id, ResourceUpdate update) throws IOException {
        Transaction transaction = new Transaction();
        for (Isolator isolator : of(id)) {
            transaction.make(isolator.name(), () -> isolator.plan(id, update));
        }
    }

    /** {@return what an update would write} */
    List<LimitStep> plan(ContainerId id, ResourceUpdate update) throws IOException {
        List<LimitStep> steps = new ArrayList<>();
        for (Isolator isolator : of(id)) {
            steps.addAll(isolator.plan(id, update).steps());
        }
        return steps;
    }

    /** {@return what all of them know of a container beside its use; of two the first in the list is believed} */
    Map<String, String> status(ContainerId id) {
        Map<String, String> details = new HashMap<>();
        for (Isolator isolator : of(id)) {
            try {
                isolator.status(id).forEach(details::putIfAbsent);
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} cannot tell the status of container {}", isolator.name(), id, e);
            }
        }
        return details;
    }

    /** {@return what all of them know; one that fails leaves its reason} */
    ContainerUsage usage(ContainerId id) {
        ContainerUsage usage = ContainerUsage.nothing(Instant.now());
        for (Isolator isolator : of(id)) {
            try {
                usage = usage.or(isolator.usage(id));
            } catch (IOException e) {
                usage = usage.without(isolator.name(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                usage = usage.without(isolator.name(), e.toString());
            }
        }
        return usage;
    }

    /** {@return the limits that were hit; an isolator that cannot tell must not keep the container from its end} */
    List<Limitation> limitations(ContainerId id) {
        List<Limitation> found = new ArrayList<>();
        for (Isolator isolator : of(id)) {
            try {
                isolator.limitation(id).ifPresent(found::add);
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} cannot tell whether container {} hit a limit", isolator.name(), id, e);
            }
        }
        return found;
    }

    /** Cleans up with all of them, backwards; the first failure is thrown with the others in it. */
    void cleanup(ContainerId id) throws IOException {
        Failures failures = new Failures();
        List<Isolator> its = of(id);
        for (int i = its.size() - 1; i >= 0; i--) {
            Isolator isolator = its.get(i);
            failures.attempt(() -> isolator.cleanup(id));
        }
        failures.throwIfAny();
        exceptions.remove(id);
    }

    /** Lets go of a container that goes on. */
    void release(ContainerId id) {
        List<Isolator> its = of(id);
        for (int i = its.size() - 1; i >= 0; i--) {
            Isolator isolator = its.get(i);
            try {
                isolator.release(id);
            } catch (RuntimeException e) {
                LOG.warn("{} cannot let go of container {}", isolator.name(), id, e);
            }
        }
        exceptions.remove(id);
    }
}
