package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.corral.cgroup.limit.LimitPlan;
import org.corral.cgroup.limit.LimitWriter;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.isolator.LimitChange;
import org.corral.core.isolator.LimitStep;

/** A change of limits that one plan is. Confined to one thread. */
record PlannedLimits(LimitPlan plan) implements LimitChange {

    /** Writes the first limits of a container. */
    static void launch(ContainerCgroups cgroups, ContainerId id, Consumer<LimitPlan> filling) throws IOException {
        try (LimitWriter writer = cgroups.firstLimits(id)) {
            LimitPlan plan = writer.plan();
            filling.accept(plan);
            new PlannedLimits(plan).apply();
        }
    }

    /** {@return a change of a running container} Others may have written since the last one: a command in another terminal. */
    static PlannedLimits of(ContainerCgroups cgroups, ContainerId id, Consumer<LimitPlan> filling) throws IOException {
        LimitWriter writer = cgroups.limits(id);
        writer.forget();
        LimitPlan plan = writer.plan();
        filling.accept(plan);
        return new PlannedLimits(plan);
    }

    @Override
    public List<LimitStep> steps() throws IOException {
        return plan.steps();
    }

    @Override
    public void apply() throws IOException {
        if (!plan.apply()) {
            throw Outcomes.failure(plan.outcomes());
        }
        Outcomes.remark(plan.outcomes());
    }

    @Override
    public void undo() throws IOException {
        plan.undo();
        for (IOException left : Outcomes.left(plan.outcomes())) {
            throw left;
        }
    }
}
