package org.corral.core.usage;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.corral.core.unit.DataSize;

/**
 * Huge pages of a container. Immutable.
 *
 * @param pages by the size of a page, all sizes that the host has
 */
public record HugetlbUsage(Map<DataSize, Pages> pages) {

    /** Copies the sizes. */
    public HugetlbUsage {
        pages = Collections.unmodifiableMap(new TreeMap<>(pages));
    }

    /**
     * Pages of one size. Immutable.
     *
     * @param currentBytes used now
     * @param peakBytes the most that was used at once; on cgroup v2 the kernel does not tell
     * @param limitBytes the limit, empty if there is none
     * @param failures how often the limit refused a page, a count
     */
    public record Pages(
            OptionalLong currentBytes, OptionalLong peakBytes, OptionalLong limitBytes, OptionalLong failures) {}
}
