package org.corral.containerizer.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.corral.containerizer.Corral;
import org.corral.containerizer.cli.show.Shown;
import org.corral.containerizer.json.Json;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.containerizer.state.Checkpoint;
import org.corral.core.ContainerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code corral ls}: the containers there are. */
@Command(name = "ls", description = "List the containers.")
final class ListCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private final HostOptions hostOptions = new HostOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException {
        try (Corral corral = hostOptions.open(host)) {
            List<Observation> containers = observe(corral.list());
            host.out().print(json ? json(detailed(corral, containers)) : table(containers, Instant.now()));
            return 0;
        }
    }

    private List<Observation> observe(List<Checkpoint> checkpoints) throws IOException {
        List<Observation> observed = new ArrayList<>();
        for (Checkpoint checkpoint : checkpoints) {
            observed.add(Observation.of(checkpoint, host.linux()));
        }
        observed.sort(Comparator.comparing(one -> one.checkpoint().launchedAt()));
        return observed;
    }

    /** For those who look closer: it takes a look at the cgroups of each. One that ends meanwhile has none. */
    private List<Observation> detailed(Corral corral, List<Observation> containers) {
        List<Observation> detailed = new ArrayList<>();
        for (Observation container : containers) {
            ContainerId id = container.checkpoint().id();
            try (ForeignContainer attached = corral.attach(id).orElse(null)) {
                detailed.add(attached == null ? container : container.withDetails(attached.details()));
            } catch (IOException | IllegalArgumentException e) {
                host.say("container " + id + " is listed without details: " + e.getMessage());
                detailed.add(container);
            }
        }
        return detailed;
    }

    static String table(List<Observation> containers, Instant now) {
        Table table = new Table("ID", "STATE", "PID", "OWNER", "ISOLATION", "LIMITS", "AGE", "COMMAND");
        for (Observation container : containers) {
            Checkpoint checkpoint = container.checkpoint();
            table.add(
                    checkpoint.id().toString(),
                    container.state().toString(),
                    container.pid(),
                    checkpoint.owner().pid() + (container.ownerAlive() ? "" : " (gone)"),
                    String.join(",", checkpoint.isolation()),
                    ResourcesShown.text(checkpoint.resources()),
                    Shown.age(Duration.between(checkpoint.launchedAt(), now)),
                    OneLine.of(String.join(" ", checkpoint.command())));
        }
        return table.toString();
    }

    static String json(List<Observation> containers) throws IOException {
        return Json.text(
                out -> out.array(containers, (item, container) -> item.object(fields -> write(fields, container))));
    }

    private static void write(Json json, Observation container) throws IOException {
        Checkpoint checkpoint = container.checkpoint();
        json.string("id", checkpoint.id().toString())
                .strings("argv", checkpoint.command())
                .strings("isolation", checkpoint.isolation())
                .string("state", container.state().toString())
                .number(
                        "pid",
                        checkpoint
                                .init()
                                .map(init -> OptionalLong.of(init.pid()))
                                .orElse(OptionalLong.empty()))
                .object("owner", owner -> owner.number(
                                "pid", OptionalLong.of(checkpoint.owner().pid()))
                        .flag("alive", container.ownerAlive()))
                .string("root", checkpoint.root())
                .string("launchedAt", checkpoint.launchedAt().toString())
                .object("resources", fields -> ResourcesShown.json(fields, checkpoint.resources()))
                .strings("details", container.details());
    }
}
