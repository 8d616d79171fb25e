package org.corral.core.usage;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a container uses and has used. Immutable.
 *
 * @param at when it was read
 * @param cpu processor time
 * @param memory memory
 * @param pids processes and threads
 * @param disk the working directory on disk
 * @param io block devices
 * @param hugetlb huge pages
 * @param pressure how often memory was short
 * @param absent why a thing that was asked for is not there, by its name, as {@code cpu.stat → not in this kernel}
 */
public record ContainerUsage(
        Instant at,
        Optional<CpuUsage> cpu,
        Optional<MemoryUsage> memory,
        Optional<PidsUsage> pids,
        Optional<DiskUsage> disk,
        Optional<IoUsage> io,
        Optional<HugetlbUsage> hugetlb,
        Optional<PressureUsage> pressure,
        Map<String, String> absent) {

    /** Copies the reasons. */
    public ContainerUsage {
        absent = Map.copyOf(absent);
    }

    /** {@return a usage that knows nothing yet} */
    public static ContainerUsage nothing(Instant at) {
        return new ContainerUsage(
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** {@return this usage with processor time} */
    public ContainerUsage with(CpuUsage usage) {
        return new ContainerUsage(at, Optional.of(usage), memory, pids, disk, io, hugetlb, pressure, absent);
    }

    /** {@return this usage with memory} */
    public ContainerUsage with(MemoryUsage usage) {
        return new ContainerUsage(at, cpu, Optional.of(usage), pids, disk, io, hugetlb, pressure, absent);
    }

    /** {@return this usage with processes and threads} */
    public ContainerUsage with(PidsUsage usage) {
        return new ContainerUsage(at, cpu, memory, Optional.of(usage), disk, io, hugetlb, pressure, absent);
    }

    /** {@return this usage with the working directory on disk} */
    public ContainerUsage with(DiskUsage usage) {
        return new ContainerUsage(at, cpu, memory, pids, Optional.of(usage), io, hugetlb, pressure, absent);
    }

    /** {@return this usage with block devices} */
    public ContainerUsage with(IoUsage usage) {
        return new ContainerUsage(at, cpu, memory, pids, disk, Optional.of(usage), hugetlb, pressure, absent);
    }

    /** {@return this usage with huge pages} */
    public ContainerUsage with(HugetlbUsage usage) {
        return new ContainerUsage(at, cpu, memory, pids, disk, io, Optional.of(usage), pressure, absent);
    }

    /** {@return this usage with memory pressure} */
    public ContainerUsage with(PressureUsage usage) {
        return new ContainerUsage(at, cpu, memory, pids, disk, io, hugetlb, Optional.of(usage), absent);
    }

    /** {@return this usage with the reason why a thing is not there} */
    public ContainerUsage without(String what, String reason) {
        Map<String, String> reasons = new HashMap<>(absent);
        reasons.put(what, reason);
        return new ContainerUsage(at, cpu, memory, pids, disk, io, hugetlb, pressure, reasons);
    }

    /** {@return this usage, completed by another one where this one knows nothing} */
    public ContainerUsage or(ContainerUsage other) {
        Map<String, String> reasons = new HashMap<>(other.absent);
        reasons.putAll(absent);
        return new ContainerUsage(
                at,
                cpu.or(other::cpu),
                memory.or(other::memory),
                pids.or(other::pids),
                disk.or(other::disk),
                io.or(other::io),
                hugetlb.or(other::hugetlb),
                pressure.or(other::pressure),
                reasons);
    }
}
