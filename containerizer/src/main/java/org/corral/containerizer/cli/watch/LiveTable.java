package org.corral.containerizer.cli.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.corral.cgroup.sample.Ranked;

/** The table on a screen, until a key or {@link End} ends it. Confined to one thread. */
final class LiveTable {

    private static final String HELP = "sort: c m p i n or arrows  reverse: r  quit: q";

    /** What is above the containers and below them. */
    private static final int OTHER_LINES = 3;

    private static final int HEADING = 1;

    /** How soon a new size of the terminal, or a signal, is noticed. */
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private final WatchedContainers containers;
    private final Duration interval;
    private final Screen screen;
    private final Keys keys;
    private final LongSupplier nanoClock;
    private SortOrder order = SortOrder.FIRST;

    LiveTable(WatchedContainers containers, Duration interval, Screen screen, LongSupplier nanoClock) {
        this.containers = containers;
        this.interval = interval;
        this.screen = screen;
        this.keys = new Keys(screen);
        this.nanoClock = nanoClock;
    }

    void run(End end) throws IOException {
        containers.refresh();
        long refreshed = nanoClock.getAsLong();
        Screen.Size size = draw();
        int key = Screen.NONE;
        while (!end.hasCome() && !Keys.isEnd(key)) {
            key = keys.next(patience(refreshed));
            SortOrder before = order;
            order = order.after(key);
            boolean due = sinceNanos(refreshed) >= interval.toNanos();
            if (due) {
                containers.refresh();
                refreshed = nanoClock.getAsLong();
            }
            if (due || !order.equals(before) || !screen.size().equals(size)) {
                size = draw();
            }
        }
    }

    private long sinceNanos(long then) {
        return nanoClock.getAsLong() - then;
    }

    private Duration patience(long refreshed) {
        long left = Math.max(0, interval.toNanos() - sinceNanos(refreshed));
        return Duration.ofNanos(Math.min(LOOK_NANOS, left));
    }

    /** {@return the size that it was drawn for} */
    private Screen.Size draw() throws IOException {
        Screen.Size size = screen.size();
        List<Ranked> shown = containers.first(order, size.rows() - OTHER_LINES);
        WatchText table = WatchText.within(size.columns(), shown);
        List<String> lines = new ArrayList<>(List.of(summary(), table.heading()));
        lines.addAll(table.rows());
        int more = containers.count() - shown.size();
        lines.add((more > 0 ? "+" + more + " more  " : "") + HELP);
        screen.show(
                size,
                lines.stream()
                        .limit(size.rows())
                        .map(line -> WatchText.cut(line, size.columns()))
                        .toList(),
                HEADING);
        return size;
    }

    private String summary() {
        return Summary.of(containers) + ", by " + order;
    }
}
