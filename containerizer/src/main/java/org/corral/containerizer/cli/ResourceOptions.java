package org.corral.containerizer.cli;

import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.linux.Linux;
import picocli.CommandLine.Option;

/** What a container is to have. */
final class ResourceOptions {

    @Option(
            names = "--cpus",
            paramLabel = "CPUS",
            description = "The share of the CPUs when they are contended, as 2 or 0.5.")
    private Optional<CpuAmount> cpus = Optional.empty();

    @Option(names = "--cpu-limit", paramLabel = "CPUS", description = "The most CPU time per time, contended or not.")
    private Optional<CpuAmount> cpuLimit = Optional.empty();

    @Option(
            names = "--mem",
            paramLabel = "SIZE",
            description = "The hard memory limit, as 64M or 1.5GiB; going over it ends the container.")
    private Optional<DataSize> memory = Optional.empty();

    @Option(
            names = "--mem-request",
            paramLabel = "SIZE",
            description = "The soft memory limit, kept when the host is short of memory.")
    private Optional<DataSize> memoryRequest = Optional.empty();

    @Option(names = "--pids", paramLabel = "N", description = "The most processes and threads.")
    private Optional<Long> pids = Optional.empty();

    /**
     * {@return the resources}
     *
     * @throws IllegalArgumentException naming what no kernel, or not this host, could give
     */
    Resources resources(Linux linux) {
        HostCpus host = HostCpus.of(linux);
        cpus.ifPresent(amount -> host.require("--cpus", amount));
        cpuLimit.ifPresent(amount -> host.require("--cpu-limit", amount));
        OptionalLong processes = pids.map(OptionalLong::of).orElse(OptionalLong.empty());
        return new Resources(cpus, cpuLimit, memory, memoryRequest, processes);
    }
}
