package org.corral.core.usage;

import java.util.OptionalLong;

/**
 * What the working directory of a container takes on disk, with all below it. Immutable.
 *
 * @param usedBytes in allocated blocks, when it was looked at last
 * @param limitBytes how much it may take, empty if there is no limit
 */
public record DiskUsage(OptionalLong usedBytes, OptionalLong limitBytes) {}
