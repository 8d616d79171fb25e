package org.corral.core.usage;

import java.util.OptionalLong;

/**
 * What the memory of a container consists of, beside what {@link MemoryUsage} tells: from {@code memory.stat}, in bytes where not said
 * otherwise. Immutable.
 *
 * @param shmemBytes shared memory and tmpfs, a part of the page cache
 * @param mappedBytes files that are mapped
 * @param dirtyBytes page cache that is still to be written
 * @param writebackBytes page cache that is being written
 * @param inactiveAnonBytes not used lately, and no file's
 * @param activeAnonBytes used lately, and no file's
 * @param inactiveFileBytes page cache not used lately: what is reclaimed first
 * @param activeFileBytes page cache used lately
 * @param unevictableBytes cannot be reclaimed, as what is locked
 * @param kernelBytes the kernel's own memory for the container; cgroup v2 from Linux 5.18 on
 * @param pageFaults a count since the start
 * @param majorPageFaults those that had to read, a count since the start
 */
public record MemoryBreakdown(
        OptionalLong shmemBytes,
        OptionalLong mappedBytes,
        OptionalLong dirtyBytes,
        OptionalLong writebackBytes,
        OptionalLong inactiveAnonBytes,
        OptionalLong activeAnonBytes,
        OptionalLong inactiveFileBytes,
        OptionalLong activeFileBytes,
        OptionalLong unevictableBytes,
        OptionalLong kernelBytes,
        OptionalLong pageFaults,
        OptionalLong majorPageFaults) {}
