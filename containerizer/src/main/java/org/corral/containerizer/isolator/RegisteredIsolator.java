package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.core.isolator.Isolator;
import org.corral.linux.Feature;

/**
 * An isolator that can be chosen. Immutable.
 *
 * @param name what it is chosen by, as {@code cgroups/cpu}
 * @param controllers the cgroup controllers it cannot do without
 * @param version the version that some controller, whichever, must be bound to; empty where it does not matter
 * @param features what it cannot do without of the kernel
 * @param options the keys of the options it takes
 * @param provider the class it comes from; empty for Corral's own
 * @param maker makes it
 */
public record RegisteredIsolator(
        String name,
        Set<Controller> controllers,
        Optional<CgroupVersion> version,
        Set<Feature> features,
        Set<String> options,
        Optional<String> provider,
        Maker maker) {

    /** Copies the sets. */
    public RegisteredIsolator {
        controllers = Set.copyOf(controllers);
        features = Set.copyOf(features);
        options = Set.copyOf(options);
    }

    /** {@return whether it works only with cgroups} */
    public boolean usesCgroups() {
        return name.startsWith("cgroups/") || !controllers.isEmpty();
    }

    /** Makes an isolator for one agent. */
    @FunctionalInterface
    public interface Maker {

        /**
         * Makes it.
         *
         * @param options what was set for it, of the keys it takes
         * @throws IllegalArgumentException naming an option that cannot be used, and the remedy
         * @throws IOException if it cannot work here
         */
        Isolator make(IsolatorParts parts, Map<String, String> options) throws IOException;
    }
}
