package org.corral.cgroup.controller;

/**
 * Hard limits of memory, and of memory and swap together. Immutable.
 *
 * @param memory the hard limit of memory in bytes
 * @param total the hard limit of memory and swap together in bytes, not below {@code memory}; equal to it for no swap
 */
public record MemoryLimits(Limit memory, Limit total) {

    /** Refuses a total that memory alone may pass. */
    public MemoryLimits {
        if (!memory.isNone() && total.compareTo(memory) < 0) {
            throw new IllegalArgumentException("limit " + total + " of memory and swap is below the limit " + memory
                    + " of memory: give the sum of both, or the same for no swap");
        }
    }

    /**
     * {@return the limit of swap alone, as v2 has it: 0 for no swap} Where memory has no limit, the total's is that of
     * swap, as in OCI runtimes.
     */
    public Limit swap() {
        return total.isNone() || memory.isNone()
                ? total
                : Limit.of(total.value().getAsLong() - memory.value().getAsLong());
    }
}
