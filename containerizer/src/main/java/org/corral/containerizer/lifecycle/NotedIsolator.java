package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.usage.ContainerUsage;

/** An isolator of which is noted what it is doing. */
record NotedIsolator(Isolator isolator, Activities activities) implements Isolator {

    @Override
    public String name() {
        return isolator.name();
    }

    @Override
    public void recover(RecoveredContainer container) throws IOException {
        activities.run(container.id(), of("recover"), () -> isolator.recover(container));
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        return activities.note(id, of("prepare"), () -> isolator.prepare(id, request));
    }

    @Override
    public void isolate(ContainerId id, int pid) throws IOException {
        activities.run(id, of("isolate"), () -> isolator.isolate(id, pid));
    }

    @Override
    public CompletionStage<Limitation> watch(ContainerId id) {
        return isolator.watch(id);
    }

    @Override
    public Optional<Limitation> limitation(ContainerId id) throws IOException {
        return activities.note(id, of("limitation"), () -> isolator.limitation(id));
    }

    @Override
    public void update(ContainerId id, Resources resources) throws IOException {
        activities.run(id, of("update"), () -> isolator.update(id, resources));
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        return activities.note(id, of("usage"), () -> isolator.usage(id));
    }

    @Override
    public Map<String, String> status(ContainerId id) throws IOException {
        return isolator.status(id);
    }

    @Override
    public void cleanup(ContainerId id) throws IOException {
        activities.run(id, of("cleanup"), () -> isolator.cleanup(id));
    }

    @Override
    public void release(ContainerId id) {
        isolator.release(id);
    }

    private String of(String call) {
        return call + " of " + name();
    }
}
