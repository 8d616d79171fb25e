package org.corral.containerizer.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.usage.ContainerUsage;

/** A line on a terminal that tells, over and over, what a container uses. Thread-safe. */
final class LiveLine {

    /** To the line's start, and clear it: ECMA-48 EL. */
    private static final String AGAIN = "\r\u001b[K";

    private final Containerizer containers;
    private final ContainerId id;
    private final PrintStream terminal;
    private ContainerUsage last = ContainerUsage.nothing(Instant.EPOCH);
    private boolean shown;
    private boolean closed;

    LiveLine(Containerizer containers, ContainerId id, PrintStream terminal) {
        this.containers = containers;
        this.id = id;
        this.terminal = terminal;
    }

    /** Brings it up to date. */
    synchronized void update() {
        if (closed) {
            return;
        }
        try {
            ContainerUsage now = containers.usage(id);
            terminal.print(AGAIN + UsageLine.of(last, now));
            terminal.flush();
            shown = true;
            last = now;
        } catch (IOException e) {
            clear(); // it has just ended
        }
    }

    /** Removes it for good. */
    synchronized void close() {
        closed = true;
        clear();
    }

    private void clear() {
        if (shown) {
            terminal.print(AGAIN);
            terminal.flush();
        }
    }
}
