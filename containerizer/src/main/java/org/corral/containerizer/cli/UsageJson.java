package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.DiskUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.core.usage.PidsUsage;
import org.corral.core.usage.PressureUsage;

/** What containers use, with the same names in all JSON that commands print. */
final class UsageJson {

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
    private static final PressureUsage NO_PRESSURE =
            new PressureUsage(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private UsageJson() {}

    static void cpu(Json json, ContainerUsage usage) throws IOException {
        CpuUsage cpu = usage.cpu().orElse(NO_CPU);
        json.seconds("userSeconds", cpu.user())
                .seconds("systemSeconds", cpu.system())
                .seconds("throttledSeconds", cpu.throttled())
                .number("periods", cpu.periods())
                .number("throttledPeriods", cpu.throttledPeriods());
    }

    static void totalCpu(Json json, ContainerUsage usage) throws IOException {
        json.seconds("totalSeconds", usage.cpu().orElse(NO_CPU).total());
    }

    static void memory(Json json, ContainerUsage usage) throws IOException {
        MemoryUsage memory = usage.memory().orElse(NO_MEMORY);
        json.number("peakBytes", memory.peakBytes())
                .number("limitBytes", memory.limitBytes())
                .number("oomKills", memory.oomKills());
    }

    static void currentMemory(Json json, ContainerUsage usage) throws IOException {
        json.number("currentBytes", usage.memory().orElse(NO_MEMORY).currentBytes());
    }

    static void pids(Json json, ContainerUsage usage) throws IOException {
        PidsUsage pids = usage.pids().orElse(NO_PIDS);
        json.number("current", pids.current()).number("limit", pids.limit());
    }

    static void disk(Json json, ContainerUsage usage) throws IOException {
        DiskUsage disk = usage.disk().orElse(NO_DISK);
        json.number("usedBytes", disk.usedBytes()).number("limitBytes", disk.limitBytes());
    }

    static void pressure(Json json, ContainerUsage usage) throws IOException {
        PressureUsage pressure = usage.pressure().orElse(NO_PRESSURE);
        json.number("low", pressure.low()).number("medium", pressure.medium()).number("critical", pressure.critical());
    }
}
