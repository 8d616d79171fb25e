package org.corral.containerizer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.corral.core.IoLimits;
import org.corral.core.IoThrottle;
import org.corral.core.unit.Maximum;
import org.corral.linux.BlockDevices;
import org.corral.linux.Linux;
import picocli.CommandLine.Option;

/** How a container shares block devices, by the names that {@code docker} has for it. */
final class IoOptions {

    private static final String RATE = "DEVICE:RATE";

    @Option(
            names = "--io-weight",
            paramLabel = "N",
            description = "The share of block devices when they are contended, 1 to 10000 (usual: 100).")
    private Optional<Integer> weight = Optional.empty();

    @Option(
            names = "--device-read-bps",
            paramLabel = RATE,
            converter = DeviceRate.Bytes.class,
            description = "The most bytes read in a second, as /dev/sda:10M; max for no limit. May be repeated.")
    private List<DeviceRate> readBytes = new ArrayList<>();

    @Option(
            names = "--device-write-bps",
            paramLabel = RATE,
            converter = DeviceRate.Bytes.class,
            description = "The most bytes written in a second.")
    private List<DeviceRate> writeBytes = new ArrayList<>();

    @Option(
            names = "--device-read-iops",
            paramLabel = RATE,
            converter = DeviceRate.Operations.class,
            description = "The most read operations in a second, as /dev/sda:100.")
    private List<DeviceRate> reads = new ArrayList<>();

    @Option(
            names = "--device-write-iops",
            paramLabel = RATE,
            converter = DeviceRate.Operations.class,
            description = "The most write operations in a second.")
    private List<DeviceRate> writes = new ArrayList<>();

    /**
     * {@return the limits, with the devices' numbers}
     *
     * @throws IllegalArgumentException naming what is no disk of this host, or out of range
     */
    IoLimits limits(Linux linux) {
        BlockDevices devices = new BlockDevices(linux);
        IoLimits limits = IoLimits.NONE;
        limits = with(limits, devices, readBytes, IoThrottle::ofReadBytes);
        limits = with(limits, devices, writeBytes, IoThrottle::ofWriteBytes);
        limits = with(limits, devices, reads, IoThrottle::ofReads);
        limits = with(limits, devices, writes, IoThrottle::ofWrites);
        return weight.isPresent() ? limits.withWeight(weight.get()) : limits;
    }

    private static IoLimits with(
            IoLimits before, BlockDevices devices, List<DeviceRate> rates, Function<Maximum, IoThrottle> throttle) {
        IoLimits limits = before;
        for (DeviceRate one : rates) {
            limits = limits.with(devices.disk(one.device()), throttle.apply(one.rate()));
        }
        return limits;
    }
}
