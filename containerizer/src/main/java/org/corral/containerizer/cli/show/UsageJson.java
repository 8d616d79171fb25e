package org.corral.containerizer.cli.show;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.containerizer.json.Json;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.DiskUsage;
import org.corral.core.usage.HugetlbUsage;
import org.corral.core.usage.IoUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.core.usage.PidsUsage;
import org.corral.core.usage.PressureUsage;

/** What containers use, with the same names in all JSON that commands print. */
public final class UsageJson {

    private static final CpuUsage NO_CPU = new CpuUsage(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty());
    private static final MemoryUsage NO_MEMORY = new MemoryUsage(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
    private static final PidsUsage NO_PIDS = new PidsUsage(OptionalLong.empty(), OptionalLong.empty());
    private static final DiskUsage NO_DISK = new DiskUsage(OptionalLong.empty(), OptionalLong.empty());
    private static final IoUsage NO_IO = new IoUsage(IoUsage.Counts.UNKNOWN, Map.of());
    private static final PressureUsage NO_PRESSURE =
            new PressureUsage(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private UsageJson() {}

    /** Writes parts of processor time, and what the limit did. */
    public static void cpu(Json json, ContainerUsage usage) throws IOException {
        CpuUsage cpu = usage.cpu().orElse(NO_CPU);
        json.seconds("userSeconds", cpu.user())
                .seconds("systemSeconds", cpu.system())
                .seconds("throttledSeconds", cpu.throttled())
                .number("periods", cpu.periods())
                .number("throttledPeriods", cpu.throttledPeriods());
    }

    /** Writes all processor time. */
    public static void totalCpu(Json json, ContainerUsage usage) throws IOException {
        json.seconds("totalSeconds", usage.cpu().orElse(NO_CPU).total());
    }

    /** Writes peak and limit of memory, and OOM kills. */
    public static void memory(Json json, ContainerUsage usage) throws IOException {
        MemoryUsage memory = usage.memory().orElse(NO_MEMORY);
        json.number("peakBytes", memory.peakBytes())
                .number("limitBytes", memory.limitBytes())
                .number("oomKills", memory.oomKills());
    }

    /** Writes the memory of now. */
    public static void currentMemory(Json json, ContainerUsage usage) throws IOException {
        json.number("currentBytes", usage.memory().orElse(NO_MEMORY).currentBytes());
    }

    /** Writes processes and threads. */
    public static void pids(Json json, ContainerUsage usage) throws IOException {
        PidsUsage pids = usage.pids().orElse(NO_PIDS);
        json.number("current", pids.current()).number("limit", pids.limit());
    }

    /** Writes the working directory on disk. */
    public static void disk(Json json, ContainerUsage usage) throws IOException {
        DiskUsage disk = usage.disk().orElse(NO_DISK);
        json.number("usedBytes", disk.usedBytes()).number("limitBytes", disk.limitBytes());
    }

    /** Writes all block devices together, and each. */
    public static void io(Json json, ContainerUsage usage) throws IOException {
        IoUsage io = usage.io().orElse(NO_IO);
        counts(json, io.total());
        json.array(
                "devices",
                io.devices().entrySet(),
                (item, device) -> item.object(
                        fields -> counts(fields.string("device", device.getKey().toString()), device.getValue())));
    }

    /** Writes what went to and from block devices. */
    public static void counts(Json json, IoUsage.Counts counts) throws IOException {
        json.number("readBytes", counts.readBytes())
                .number("writeBytes", counts.writeBytes())
                .number("reads", counts.reads())
                .number("writes", counts.writes());
    }

    /** Writes an array with an object for each page size. */
    public static void hugetlb(Json json, String name, ContainerUsage usage) throws IOException {
        json.array(
                name,
                usage.hugetlb().map(HugetlbUsage::pages).orElse(Map.of()).entrySet(),
                (item, size) -> item.object(fields -> fields.number(
                                "pageBytes", OptionalLong.of(size.getKey().bytes()))
                        .number("currentBytes", size.getValue().currentBytes())
                        .number("peakBytes", size.getValue().peakBytes())
                        .number("limitBytes", size.getValue().limitBytes())
                        .number("failures", size.getValue().failures())));
    }

    /** Writes how often memory was short. */
    public static void pressure(Json json, ContainerUsage usage) throws IOException {
        PressureUsage pressure = usage.pressure().orElse(NO_PRESSURE);
        json.number("low", pressure.low()).number("medium", pressure.medium()).number("critical", pressure.critical());
    }
}
