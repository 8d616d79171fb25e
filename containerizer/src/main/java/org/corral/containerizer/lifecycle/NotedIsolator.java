package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.corral.containerizer.lifecycle.Activities.Note;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.LimitChange;
import org.corral.core.isolator.LimitStep;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.isolator.ResourceUpdate;
import org.corral.core.usage.ContainerUsage;

/** An isolator of which is noted what it is doing. The notes are made once: its use is sampled all the time. */
@SuppressWarnings("try") // a note is held, not called
final class NotedIsolator implements Isolator {

    private final Isolator isolator;
    private final Activities activities;
    private final String recover;
    private final String prepare;
    private final String isolate;
    private final String limitation;
    private final String update;
    private final String usage;
    private final String cleanup;

    NotedIsolator(Isolator isolator, Activities activities) {
        this.isolator = isolator;
        this.activities = activities;
        String its = " of " + isolator.name();
        this.recover = "recover" + its;
        this.prepare = "prepare" + its;
        this.isolate = "isolate" + its;
        this.limitation = "limitation" + its;
        this.update = "update" + its;
        this.usage = "usage" + its;
        this.cleanup = "cleanup" + its;
    }

    @Override
    public String name() {
        return isolator.name();
    }

    @Override
    public void recover(RecoveredContainer container) throws IOException {
        try (Note note = activities.begin(container.id(), recover)) {
            isolator.recover(container);
        }
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        try (Note note = activities.begin(id, prepare)) {
            return isolator.prepare(id, request);
        }
    }

    @Override
    public void isolate(ContainerId id, int pid) throws IOException {
        try (Note note = activities.begin(id, isolate)) {
            isolator.isolate(id, pid);
        }
    }

    @Override
    public CompletionStage<Limitation> watch(ContainerId id) {
        return isolator.watch(id);
    }

    @Override
    public Optional<Limitation> limitation(ContainerId id) throws IOException {
        try (Note note = activities.begin(id, limitation)) {
            return isolator.limitation(id);
        }
    }

    @Override
    public void update(ContainerId id, Resources resources) throws IOException {
        try (Note note = activities.begin(id, update)) {
            isolator.update(id, resources);
        }
    }

    @Override
    public LimitChange plan(ContainerId id, ResourceUpdate wanted) throws IOException {
        LimitChange change = isolator.plan(id, wanted);
        return new LimitChange() {
            @Override
            public List<LimitStep> steps() throws IOException {
                return change.steps();
            }

            @Override
            public void apply() throws IOException {
                try (Note note = activities.begin(id, update)) {
                    change.apply();
                }
            }

            @Override
            public void undo() throws IOException {
                try (Note note = activities.begin(id, update)) {
                    change.undo();
                }
            }
        };
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        try (Note note = activities.begin(id, usage)) {
            return isolator.usage(id);
        }
    }

    @Override
    public Map<String, String> status(ContainerId id) throws IOException {
        return isolator.status(id);
    }

    /** The last call for a container, like {@link #release}. */
    @Override
    public void cleanup(ContainerId id) throws IOException {
        try (Note note = activities.begin(id, cleanup)) {
            isolator.cleanup(id);
        } finally {
            activities.forget(id);
        }
    }

    @Override
    public void release(ContainerId id) {
        isolator.release(id);
        activities.forget(id);
    }
}
