package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.core.ContainerId;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.linux.process.ProcStat;

/**
 * {@code posix/mem}: measures the resident memory of the container's processes, shared pages counted in each, and limits
 * nothing. The peak is the highest that was seen when asked.
 */
public final class PosixMem extends PosixIsolator {

    private final long pageBytes;
    private final Map<ContainerId, Long> peaks = new ConcurrentHashMap<>();

    /** Makes it. */
    public PosixMem(PosixProcesses processes, long pageBytes) {
        super(processes);
        this.pageBytes = pageBytes;
    }

    @Override
    public String name() {
        return "posix/mem";
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        long bytes =
                processes.of(id).stream().mapToLong(ProcStat::residentPages).sum() * pageBytes;
        Long peak = peaks.merge(id, bytes, Math::max);
        OptionalLong highest = peak == 0 ? OptionalLong.empty() : OptionalLong.of(peak);
        return ContainerUsage.nothing(Instant.now())
                .with(new MemoryUsage(
                        OptionalLong.of(bytes),
                        highest,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()));
    }

    @Override
    public void cleanup(ContainerId id) {
        peaks.remove(id);
        super.cleanup(id);
    }
}
