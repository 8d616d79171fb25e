package org.corral.containerizer.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.DiskUsage;
import org.corral.core.usage.HugetlbUsage;
import org.corral.core.usage.IoUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.core.usage.PidsUsage;
import org.corral.core.usage.PressureUsage;

/** Ends and usages to show. */
final class Samples {

    static final ContainerId ID = ContainerId.of("web-1");
    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private static final IoUsage.Counts IO = new IoUsage.Counts(
            OptionalLong.of(3 << 20), OptionalLong.of(4096), OptionalLong.of(12), OptionalLong.of(1));

    private Samples() {}

    static ContainerUsage usage(Instant at, Duration cpu) {
        return ContainerUsage.nothing(at)
                .with(new CpuUsage(
                        Optional.of(cpu),
                        Optional.of(Duration.ofMillis(1500)),
                        Optional.of(Duration.ofMillis(250)),
                        OptionalLong.of(20),
                        OptionalLong.of(7),
                        Optional.of(Duration.ofNanos(1_234_567_890))))
                .with(new MemoryUsage(
                        OptionalLong.of(1 << 20),
                        OptionalLong.of(64 << 20),
                        OptionalLong.of(128 << 20),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.of(1)))
                .with(new PidsUsage(OptionalLong.of(3), OptionalLong.empty()))
                .with(new DiskUsage(OptionalLong.of(4096), OptionalLong.of(8192)))
                .with(new IoUsage(IO, Map.of(new DeviceNumber(8, 0), IO)))
                .with(new HugetlbUsage(Map.of(
                        DataSize.ofMebibytes(2),
                        new HugetlbUsage.Pages(
                                OptionalLong.of(2 << 20),
                                OptionalLong.empty(),
                                OptionalLong.of(4 << 20),
                                OptionalLong.of(0)))))
                .with(new PressureUsage(OptionalLong.of(3), OptionalLong.of(2), OptionalLong.of(1)));
    }

    static Termination limited() {
        Limitation limitation =
                new Limitation("mem", OptionalLong.of(128 << 20), OptionalLong.of(64 << 20), "memory limit reached");
        return new Termination(
                ID,
                TerminationReason.LIMITATION,
                Optional.of(new ExitStatus.Signaled(9)),
                List.of(limitation),
                usage(AT, Duration.ofMillis(1750)),
                Duration.ofMillis(2500));
    }

    static Termination ended(TerminationReason reason, ExitStatus status) {
        return new Termination(
                ID, reason, Optional.of(status), List.of(), ContainerUsage.nothing(AT), Duration.ofSeconds(1));
    }
}
