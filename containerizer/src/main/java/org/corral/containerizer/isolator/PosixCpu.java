package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.corral.core.ContainerId;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;
import org.corral.linux.process.ProcStat;

/**
 * {@code posix/cpu}: measures the CPU time of the container's processes, in clock ticks, and limits nothing. The time of
 * a process is lost when it ends without its parent's waiting for it.
 */
public final class PosixCpu extends PosixIsolator {

    private final long ticksPerSecond;

    /** Makes it. */
    public PosixCpu(PosixProcesses processes, long ticksPerSecond) {
        super(processes);
        this.ticksPerSecond = ticksPerSecond;
    }

    @Override
    public String name() {
        return "posix/cpu";
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        List<ProcStat> members = processes.of(id);
        Duration user = sum(members, p -> p.userTicks() + p.reapedUserTicks());
        Duration system = sum(members, p -> p.systemTicks() + p.reapedSystemTicks());
        return ContainerUsage.nothing(Instant.now())
                .with(new CpuUsage(
                        Optional.of(user.plus(system)),
                        Optional.of(user),
                        Optional.of(system),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty()));
    }

    private Duration sum(List<ProcStat> members, ToLongFunction<ProcStat> ticks) {
        return Duration.ofNanos(members.stream().mapToLong(ticks).sum() * 1_000_000_000L / ticksPerSecond);
    }
}
