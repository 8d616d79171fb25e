package org.corral.containerizer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.Cpuset;
import org.corral.core.HugetlbLimits;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.IdList;
import org.corral.core.unit.Maximum;
import org.corral.linux.Linux;
import picocli.CommandLine.Mixin;
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

    @Option(names = "--cpuset-cpus", paramLabel = "LIST", description = "The CPUs to run on, as 0-3,7.")
    private Optional<IdList> cpusetCpus = Optional.empty();

    @Option(names = "--cpuset-mems", paramLabel = "LIST", description = "The NUMA nodes to take memory from, as 0.")
    private Optional<IdList> cpusetMems = Optional.empty();

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

    @Option(
            names = "--memory-swap",
            paramLabel = "SIZE",
            description = "The most of memory and swap together: as --mem for no swap, -1 for no limit.")
    private Optional<Maximum> memoryAndSwap = Optional.empty();

    @Option(names = "--pids", paramLabel = "N", description = "The most processes and threads.")
    private Optional<Long> pids = Optional.empty();

    @Option(
            names = "--disk",
            paramLabel = "SIZE",
            description = "The most that --directory may take on disk; being seen above it ends the container.")
    private Optional<DataSize> disk = Optional.empty();

    @Mixin
    private final IoOptions io = new IoOptions();

    @Option(
            names = "--hugetlb",
            paramLabel = "SIZE=LIMIT",
            description = "The most huge pages of a size, as 2M=64M. May be repeated.")
    private List<HugetlbLimit> hugetlb = new ArrayList<>();

    /**
     * {@return the resources}
     *
     * @throws IllegalArgumentException naming what no kernel, or not this host, could give
     */
    Resources resources(Linux linux) {
        HostCpus host = HostCpus.of(linux);
        cpus.ifPresent(amount -> host.require("--cpus", amount));
        cpuLimit.ifPresent(amount -> host.require("--cpu-limit", amount));
        cpusetCpus.ifPresent(ids -> OnlineIds.cpus(linux).require("--cpuset-cpus", ids));
        cpusetMems.ifPresent(ids -> OnlineIds.nodes(linux).require("--cpuset-mems", ids));
        return new Resources(
                cpus,
                cpuLimit,
                new Cpuset(cpusetCpus, cpusetMems),
                memory,
                memoryRequest,
                memoryAndSwap,
                pids.map(OptionalLong::of).orElse(OptionalLong.empty()),
                io.limits(linux),
                hugetlbLimits(),
                disk);
    }

    /** Refuses a limit of a directory where there is none. */
    void requireDirectory(Optional<Path> directory) {
        if (disk.isPresent() && directory.isEmpty()) {
            throw new IllegalArgumentException("--disk " + disk.get() + " needs --directory, which is what it limits");
        }
    }

    private HugetlbLimits hugetlbLimits() {
        HugetlbLimits limits = HugetlbLimits.NONE;
        for (HugetlbLimit one : hugetlb) {
            limits = limits.with(one.page(), one.limit());
        }
        return limits;
    }
}
