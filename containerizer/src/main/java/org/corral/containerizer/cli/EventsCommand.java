package org.corral.containerizer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.corral.containerizer.Corral;
import org.corral.containerizer.ForeignEvents;
import org.corral.containerizer.state.Checkpoint;
import org.corral.core.ContainerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code corral events}: what happens to containers, as it happens. */
@Command(name = "events", description = "Show what happens to containers, until Ctrl-C.")
final class EventsCommand implements Callable<Integer> {

    private final Host host;
    private final SignalSource signals = new JvmSignals();
    private final ObjectMapper json = new ObjectMapper();

    @Mixin
    private final HostOptions hostOptions = new HostOptions();

    @Option(names = "--json", description = "Print an object of JSON a line.")
    private boolean asJson;

    @Parameters(paramLabel = "ID", description = "The containers (default: all, also those still to come).")
    private List<ContainerId> ids = new ArrayList<>();

    EventsCommand(Host host) {
        this.host = host;
    }

    /** Ctrl-C is how it is meant to end, hence no failure; it may come before there is anything to end. */
    @Override
    public Integer call() throws IOException {
        CompletableFuture<ForeignEvents> listening = new CompletableFuture<>();
        SignalSource.Registration interrupt = signals.on(Signal.INT, () -> closeWhenOpen(listening));
        SignalSource.Registration end = signals.on(Signal.TERM, () -> closeWhenOpen(listening));
        try (Corral corral = hostOptions.open(host);
                ForeignEvents events = corral.listen()) {
            listening.complete(events);
            warnOfOrphans(corral.list());
            show(events);
            return 0;
        } finally {
            end.close();
            interrupt.close();
        }
    }

    private void closeWhenOpen(CompletableFuture<ForeignEvents> listening) {
        CompletableFuture<Void> unused = listening.thenAccept(this::close);
    }

    private void close(ForeignEvents events) {
        try {
            events.close();
        } catch (IOException e) {
            host.say("listening could not be ended: " + e.getMessage());
        }
    }

    /** Also ends where nobody reads any more, as {@code head}. */
    private void show(ForeignEvents events) throws IOException {
        Optional<String> line = events.next();
        while (line.isPresent() && !host.out().checkError()) {
            show(line.get());
            line = events.next();
        }
    }

    /** Nobody notices what happens to them. */
    private void warnOfOrphans(List<Checkpoint> containers) throws IOException {
        List<String> orphans = new ArrayList<>();
        for (Checkpoint checkpoint : containers) {
            if (isAskedFor(checkpoint.id().toString()) && !checkpoint.isOwned(host.linux())) {
                orphans.add(checkpoint.id().toString());
            }
        }
        if (!orphans.isEmpty()) {
            host.say("no agent watches " + String.join(", ", orphans) + ": what happens there is not shown");
        }
    }

    private void show(String line) throws IOException {
        JsonNode event = json.readTree(line);
        if (!event.has("id") || isAskedFor(event.get("id").asText())) {
            host.out().println(asJson ? line : EventText.of(event));
            host.out().flush();
        }
    }

    private boolean isAskedFor(String id) {
        return ids.isEmpty() || ids.stream().anyMatch(asked -> asked.toString().equals(id));
    }
}
