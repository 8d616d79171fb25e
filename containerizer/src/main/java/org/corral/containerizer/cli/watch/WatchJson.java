package org.corral.containerizer.cli.watch;

import java.io.IOException;
import java.time.Instant;
import org.corral.cgroup.sample.ResourceStatistics;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.containerizer.ContainerSampler;
import org.corral.containerizer.cli.show.UsageJson;
import org.corral.containerizer.json.Json;
import org.corral.core.usage.ContainerUsage;

/** What a container uses, with the names that {@code corral stats --json} has for it. */
final class WatchJson {

    private WatchJson() {}

    static void write(Json json, Instant now, SampledCgroup container) throws IOException {
        ResourceStatistics statistics = container.statistics();
        ContainerUsage usage = ContainerUsage.nothing(now)
                .with(statistics.cpu())
                .with(statistics.memory())
                .with(statistics.pids());
        json.string("id", ContainerSampler.idOf(container).toString())
                .string("at", now.toString())
                .object("cpu", fields -> {
                    fields.number("nanosPerSecond", statistics.cpuNanosPerSecond());
                    UsageJson.totalCpu(fields, usage);
                    UsageJson.cpu(fields, usage);
                })
                .object("memory", fields -> {
                    UsageJson.currentMemory(fields, usage);
                    UsageJson.memory(fields, usage);
                })
                .object("pids", fields -> UsageJson.pids(fields, usage))
                .object("io", fields -> UsageJson.counts(fields, statistics.io()));
    }
}
