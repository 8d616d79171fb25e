package org.corral.core;

import java.util.Optional;
import org.corral.core.unit.IdList;

/**
 * Where a container runs and where its memory comes from. Immutable. See cpuset(7).
 *
 * @param cpus the CPUs, at least one; empty to leave them as they are
 * @param mems the memory nodes, at least one; empty to leave them as they are
 */
public record Cpuset(Optional<IdList> cpus, Optional<IdList> mems) {

    /** Nothing asked for. */
    public static final Cpuset NONE = new Cpuset(Optional.empty(), Optional.empty());

    /** Refuses lists in which nothing is. */
    public Cpuset {
        cpus.ifPresent(ids -> refuseEmpty("CPUs", ids));
        mems.ifPresent(ids -> refuseEmpty("memory nodes", ids));
    }

    private static void refuseEmpty(String what, IdList ids) {
        if (ids.ids().isEmpty()) {
            throw new IllegalArgumentException("the list of " + what + " is empty: give at least one, as 0 or 0-3,7");
        }
    }

    /** {@return this where a list is present, else that of {@code current}} */
    public Cpuset orElse(Cpuset current) {
        return new Cpuset(cpus.or(current::cpus), mems.or(current::mems));
    }

    /** {@return whether nothing is asked for} */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
