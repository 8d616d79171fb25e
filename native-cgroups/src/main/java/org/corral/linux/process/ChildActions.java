package org.corral.linux.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;

/**
 * The steps of a child: it takes what it is to have of the agent as standard streams, lets go of the rest, waits at its gate, and
 * does what it is to do.
 *
 * <p>It lets go before it waits, and not only when it executes its program: the children of an agent that was killed would
 * hold its sockets open, and the next agent could not have them.
 */
record ChildActions(Gate gate, SpawnPlan plan) {

    private static final int FIRST_NOT_STANDARD = 3;

    ChildActions {
        for (Action action : plan.actions()) {
            if (action instanceof Action.Duplicate duplicate && duplicate.copy() >= FIRST_NOT_STANDARD) {
                throw new IllegalArgumentException("a child has descriptors of the agent as standard streams alone");
            }
        }
    }

    /** {@return the plan with all steps} */
    SpawnPlan complete(Optional<HostView> view) {
        List<Action> actions = new ArrayList<>(
                plan.actions().stream().filter(ChildActions::isOfTheAgent).toList());
        actions.addAll(view.isPresent() ? view.get().opening() : List.of(new Action.CloseFrom(FIRST_NOT_STANDARD)));
        gate.childActions().stream().map(action -> seen(view, action)).forEach(actions::add);
        plan.actions().stream()
                .filter(action -> !isOfTheAgent(action))
                .map(action -> seen(view, action))
                .forEach(actions::add);
        return plan.withActions(actions);
    }

    private static boolean isOfTheAgent(Action action) {
        return action instanceof Action.Duplicate;
    }

    private static Action seen(Optional<HostView> view, Action action) {
        return view.isPresent() ? view.get().see(action) : action;
    }
}
