package org.corral.containerizer.isolator;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.event.ContainerEvent;
import org.corral.core.unit.DataSize;
import org.corral.linux.Linux;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;

/**
 * What an agent's isolators are made of, and share. Immutable.
 *
 * @param linux the kernel
 * @param poller waits for the kernel's notifications
 * @param changes tells of those that come by files
 * @param timer looks at what tells nothing by itself
 * @param cgroups the containers' cgroups; none is ever made where no isolator uses cgroups
 * @param processes the containers' processes as {@code /proc} shows them
 * @param memoryFloor the least that a memory limit is set to
 * @param cpuPeriod the period of CPU quotas, 1 ms to 1 s
 * @param written what is written down for a container, by whomever; empty if that cannot be told
 * @param events told of what happens to containers; never blocks
 */
public record IsolatorParts(
        Linux linux,
        Poller poller,
        FileChanges changes,
        PollTimer timer,
        ContainerCgroups cgroups,
        PosixProcesses processes,
        DataSize memoryFloor,
        Duration cpuPeriod,
        Function<ContainerId, Optional<Resources>> written,
        Consumer<? super ContainerEvent> events) {}
