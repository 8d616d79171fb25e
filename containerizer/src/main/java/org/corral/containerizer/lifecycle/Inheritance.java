package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.List;
import org.corral.containerizer.state.Checkpoint;
import org.corral.core.ContainerId;
import org.corral.core.isolator.Isolator;

/**
 * Sees to it that a container of an earlier agent meets the isolators it was launched with and no others: one that was added
 * since knows nothing of it, and of one that was left out since only what it measured is missing. Thread-safe.
 */
final class Inheritance {

    private final Containment own;
    private final Containments others;
    private final Launchers launchers;
    private final IsolatorStack isolators;

    Inheritance(Containment own, Containments others, Launchers launchers, IsolatorStack isolators) {
        this.own = own;
        this.others = others;
        this.launchers = launchers;
        this.isolators = isolators;
    }

    /**
     * Chooses for a container.
     *
     * @throws IOException if it is in cgroups and this agent uses none, or the other way round, and that works no more
     */
    void admit(Checkpoint checkpoint) throws IOException {
        ContainerId id = checkpoint.id();
        if (checkpoint.root().isEmpty() == own.root().isEmpty()) {
            List<Isolator> its = ownAmong(checkpoint.isolation());
            if (its.size() < own.isolators().size()) {
                isolators.except(id, its);
            }
        } else {
            Containment its = others.of(checkpoint.isolation());
            launchers.except(id, its.launcher());
            isolators.except(id, its.isolators());
        }
    }

    /** Those that nobody chooses are part of every isolation. */
    private List<Isolator> ownAmong(List<String> names) {
        return own.isolators().stream()
                .filter(isolator -> !own.names().contains(isolator.name()) || names.contains(isolator.name()))
                .toList();
    }
}
