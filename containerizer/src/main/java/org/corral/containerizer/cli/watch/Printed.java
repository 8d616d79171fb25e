package org.corral.containerizer.cli.watch;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.corral.cgroup.sample.Ranked;
import org.corral.containerizer.json.Json;

/** What containers use as text, again and again, where there is no screen: ended by {@link End} or a reader that has gone. */
final class Printed {

    private final WatchedContainers containers;
    private final Duration interval;
    private final PrintStream out;
    private final Clock clock;
    private boolean first = true;

    Printed(WatchedContainers containers, Duration interval, PrintStream out, Clock clock) {
        this.containers = containers;
        this.interval = interval;
        this.out = out;
        this.clock = clock;
    }

    /** Prints a table each time, or with {@code asJson} a line of JSON for each container. */
    void run(boolean asJson, End end) throws IOException {
        do {
            containers.refresh();
            List<Ranked> all = containers.first(SortOrder.FIRST, containers.count());
            out.print(asJson ? json(all) : block(all));
        } while (!out.checkError() && !end.comesWithin(interval));
    }

    private String block(List<Ranked> all) {
        String gap = first ? "" : "\n";
        first = false;
        WatchText table = WatchText.whole(all);
        return gap + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "  " + Summary.of(containers) + "\n"
                + table.heading() + "\n"
                + table.rows().stream().map(row -> row + "\n").collect(Collectors.joining());
    }

    private String json(List<Ranked> all) {
        Instant now = clock.instant();
        return all.stream()
                .map(one -> Json.line(fields -> WatchJson.write(fields, now, one.cgroup())))
                .collect(Collectors.joining());
    }
}
