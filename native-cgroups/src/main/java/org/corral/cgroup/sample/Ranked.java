package org.corral.cgroup.sample;

import java.util.OptionalLong;

/**
 * A cgroup in a {@link Ranking}. Immutable.
 *
 * @param cgroup which one
 * @param value what it was ranked by; empty if that is not known of it, or if it was ranked by its name
 */
public record Ranked(SampledCgroup cgroup, OptionalLong value) {

    String name() {
        return cgroup.cgroup().path().name();
    }
}
