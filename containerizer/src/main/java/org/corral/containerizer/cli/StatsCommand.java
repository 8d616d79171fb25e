package org.corral.containerizer.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.corral.containerizer.Corral;
import org.corral.containerizer.cli.show.Shown;
import org.corral.containerizer.cli.show.UsageJson;
import org.corral.containerizer.json.Json;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.containerizer.state.Checkpoint;
import org.corral.core.ContainerId;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.IoUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.core.usage.PidsUsage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code corral stats}: what containers use. */
@Command(name = "stats", description = "Show what containers use, once or again and again.")
final class StatsCommand implements Callable<Integer> {

    private static final Duration USUAL = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Host host;

    @Mixin
    private final HostOptions hostOptions = new HostOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--watch",
            description = {
                "Show it again and again, with the use of CPUs meanwhile: a table to sort on a terminal, elsewhere a table",
                "each time, with --json a line for each container. q or Ctrl-C ends it."
            })
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "With --watch: the time between two looks (default: 1s).")
    private Optional<Duration> interval = Optional.empty();

    @Parameters(paramLabel = "ID", description = "The containers (default: all).")
    private List<ContainerId> ids = new ArrayList<>();

    StatsCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException {
        checkInterval();
        return watch ? new WatchRun(host, hostOptions, ids, interval.orElse(USUAL)).run(json) : once();
    }

    private void checkInterval() {
        if (interval.isPresent() && !watch) {
            throw new IllegalArgumentException("--interval is for --watch: give that too, or leave it out");
        }
        if (interval.isPresent() && interval.get().compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "--interval of " + interval.get().toMillis() + " ms is too short: give 100ms or more, as 2s");
        }
    }

    private int once() throws IOException {
        try (Corral corral = hostOptions.open(host)) {
            Map<ContainerId, ContainerUsage> usages = ids.isEmpty() ? all(corral) : chosen(corral);
            host.out().print(json ? json(usages) : table(usages));
            return 0;
        }
    }

    private Map<ContainerId, ContainerUsage> chosen(Corral corral) throws IOException {
        Map<ContainerId, ContainerUsage> usages = new LinkedHashMap<>();
        for (ContainerId id : ids) {
            try (ForeignContainer container = ContainerAccess.attach(corral, id)) {
                usages.put(id, container.usage());
            }
        }
        return usages;
    }

    /** One that ends meanwhile is left out. */
    private static Map<ContainerId, ContainerUsage> all(Corral corral) throws IOException {
        Map<ContainerId, ContainerUsage> usages = new LinkedHashMap<>();
        for (Checkpoint checkpoint : corral.list()) {
            try (ForeignContainer container = corral.attach(checkpoint.id()).orElse(null)) {
                if (container != null) {
                    usages.put(checkpoint.id(), container.usage());
                }
            }
        }
        return usages;
    }

    static String table(Map<ContainerId, ContainerUsage> usages) {
        Table table = new Table(
                "ID",
                "CPU(s)",
                "USER(s)",
                "SYSTEM(s)",
                "THROTTLED(s)",
                "MEMORY",
                "LIMIT",
                "PEAK",
                "PIDS",
                "READ",
                "WRITTEN",
                "OOM KILLS");
        usages.forEach((id, usage) -> table.add(
                id.toString(),
                Shown.seconds(usage.cpu().flatMap(CpuUsage::total)),
                Shown.seconds(usage.cpu().flatMap(CpuUsage::user)),
                Shown.seconds(usage.cpu().flatMap(CpuUsage::system)),
                Shown.seconds(usage.cpu().flatMap(CpuUsage::throttled)),
                Shown.size(memory(usage, MemoryUsage::currentBytes)),
                Shown.size(memory(usage, MemoryUsage::limitBytes)),
                Shown.size(memory(usage, MemoryUsage::peakBytes)),
                Shown.count(usage.pids().map(PidsUsage::current).orElse(OptionalLong.empty())),
                Shown.size(io(usage, IoUsage.Counts::readBytes)),
                Shown.size(io(usage, IoUsage.Counts::writeBytes)),
                Shown.count(memory(usage, MemoryUsage::oomKills))));
        return table.toString();
    }

    private static OptionalLong memory(ContainerUsage usage, Function<MemoryUsage, OptionalLong> field) {
        return usage.memory().map(field).orElse(OptionalLong.empty());
    }

    private static OptionalLong io(ContainerUsage usage, Function<IoUsage.Counts, OptionalLong> field) {
        return usage.io().map(IoUsage::total).map(field).orElse(OptionalLong.empty());
    }

    static String json(Map<ContainerId, ContainerUsage> usages) throws IOException {
        return Json.text(out -> out.array(
                usages.entrySet(),
                (item, entry) -> item.object(fields -> write(fields, entry.getKey(), entry.getValue()))));
    }

    private static void write(Json json, ContainerId id, ContainerUsage usage) throws IOException {
        json.string("id", id.toString())
                .object("cpu", fields -> {
                    UsageJson.totalCpu(fields, usage);
                    UsageJson.cpu(fields, usage);
                })
                .object("memory", fields -> {
                    UsageJson.currentMemory(fields, usage);
                    UsageJson.memory(fields, usage);
                })
                .object("pids", fields -> UsageJson.pids(fields, usage))
                .object("disk", fields -> UsageJson.disk(fields, usage))
                .object("io", fields -> UsageJson.io(fields, usage));
        UsageJson.hugetlb(json, "hugetlb", usage);
        json.object("pressure", fields -> UsageJson.pressure(fields, usage)).strings("absent", usage.absent());
    }
}
