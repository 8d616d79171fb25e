package org.corral.cgroup.controller;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How often a cgroup ran into its memory limits, counted since it was made. Immutable. Every field is absent where the
 * kernel does not tell it. Kernel: admin-guide/cgroup-v2.rst ({@code memory.events}).
 *
 * @param low times it was reclaimed from although below its soft limit; v2
 * @param high times it was slowed down above {@code memory.high}; v2
 * @param max times its usage was about to pass the hard limit; v1 {@code memory.failcnt}
 * @param oom times reclaim could not help and an allocation was about to fail; v2
 * @param oomKill processes killed by the kernel's OOM killer
 * @param oomGroupKill times all processes were killed at once; Linux 5.17, v2
 * @param underOom whether it is out of memory now, with processes waiting for some; v1
 */
public record MemoryEvents(
        OptionalLong low,
        OptionalLong high,
        OptionalLong max,
        OptionalLong oom,
        OptionalLong oomKill,
        OptionalLong oomGroupKill,
        Optional<Boolean> underOom) {}
