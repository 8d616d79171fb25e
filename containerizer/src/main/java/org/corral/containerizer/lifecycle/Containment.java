package org.corral.containerizer.lifecycle;

import java.util.List;
import org.corral.core.isolator.Isolator;
import org.corral.core.launcher.Launcher;

/**
 * How containers are made and limited. Immutable.
 *
 * @param launcher makes and ends their processes
 * @param isolators limit and measure them, in this order
 * @param names what was chosen, as {@code cgroups/cpu}: the isolators that a user knows of
 * @param root the cgroup that containers are made in, as {@code /corral}; empty without cgroups
 * @param remarks what the user should know of the choice, one line each
 */
public record Containment(
        Launcher launcher, List<Isolator> isolators, List<String> names, String root, List<String> remarks) {

    /** Copies the lists. */
    public Containment {
        isolators = List.copyOf(isolators);
        names = List.copyOf(names);
        remarks = List.copyOf(remarks);
    }
}
