package org.corral.core.isolator;

import java.io.IOException;
import java.util.Set;

/**
 * Makes one isolator, for an agent that has it on its class path and asks for it by its name.
 *
 * <p>Found by {@link java.util.ServiceLoader}: the class is public, has a public constructor without parameters, and stands
 * in {@code META-INF/services/org.corral.core.isolator.IsolatorProvider}. It is made whenever an agent or a command starts,
 * chosen or not, so nothing is to be done before {@link #create}.
 */
public interface IsolatorProvider {

    /**
     * {@return the name the isolator is chosen by, as {@code acme/license}: two parts of a-z, 0-9, {@code _}, {@code .} and
     * {@code -}}
     *
     * <p>None of Corral's own, nor of another provider.
     */
    String name();

    /**
     * {@return the cgroup controllers it cannot do without, by the names of v1, as {@code memory} or {@code blkio}}
     *
     * <p>Chosen on a host that lacks one, it is refused with the reason. None, and it works without cgroups too.
     */
    default Set<String> controllers() {
        return Set.of();
    }

    /** {@return the keys of the {@linkplain IsolatorContext#options options} it takes; any other is refused} */
    default Set<String> options() {
        return Set.of();
    }

    /**
     * Makes the isolator of one agent. Nothing on the host may be changed by that.
     *
     * @throws IllegalArgumentException naming an option that cannot be used, and the remedy
     * @throws IOException if it cannot work here; the message says why
     */
    Isolator create(IsolatorContext context) throws IOException;
}
