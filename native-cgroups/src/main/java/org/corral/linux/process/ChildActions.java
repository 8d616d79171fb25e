package org.corral.linux.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;

/** The steps of a child: it lets go of what is the agent's, waits at its gate, and does what it is to do. */
record ChildActions(Gate gate, SpawnPlan plan) {

    /**
     * From here on a child closes what it has of the agent before it waits, and not only when it executes its program: the
     * children of an agent that was killed would hold its sockets open, and the next agent could not have them. Only a plan
     * that duplicates one of the agent's needs them until then.
     */
    private static final int FIRST_NOT_STANDARD = 3;

    /** {@return the plan with all steps} */
    SpawnPlan complete(Optional<HostView> view) {
        List<Action> actions = new ArrayList<>(opening(view));
        gate.childActions().stream().map(action -> seen(view, action)).forEach(actions::add);
        plan.actions().stream().map(action -> seen(view, action)).forEach(actions::add);
        return plan.withActions(actions);
    }

    private List<Action> opening(Optional<HostView> view) {
        boolean needsAgents = plan.actions().stream().anyMatch(Action.Duplicate.class::isInstance);
        if (view.isEmpty()) {
            return needsAgents ? List.of() : List.of(new Action.CloseFrom(FIRST_NOT_STANDARD));
        }
        if (needsAgents) {
            throw new IllegalArgumentException("a child with mounts of its own cannot have descriptors of the agent");
        }
        return view.get().opening();
    }

    private static Action seen(Optional<HostView> view, Action action) {
        return view.isPresent() ? view.get().see(action) : action;
    }
}
