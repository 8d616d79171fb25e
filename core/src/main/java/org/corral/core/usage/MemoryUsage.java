package org.corral.core.usage;

import java.util.OptionalLong;

/**
 * Memory of a container, in bytes where not said otherwise. Immutable.
 *
 * @param currentBytes all memory charged now, page cache included
 * @param peakBytes the most that was charged at once
 * @param limitBytes the hard limit, empty if there is none
 * @param anonBytes memory that no file backs
 * @param fileBytes page cache
 * @param swapBytes swap
 * @param oomKills processes that the kernel killed because the limit was reached, a count
 */
public record MemoryUsage(
        OptionalLong currentBytes,
        OptionalLong peakBytes,
        OptionalLong limitBytes,
        OptionalLong anonBytes,
        OptionalLong fileBytes,
        OptionalLong swapBytes,
        OptionalLong oomKills) {}
