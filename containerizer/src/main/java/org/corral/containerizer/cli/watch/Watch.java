package org.corral.containerizer.cli.watch;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.containerizer.ContainerSampler;
import org.corral.core.ContainerId;

/** Shows what containers use, again and again, until the end comes. Confined to one thread. */
public final class Watch {

    /** The numbers that are shown. */
    public static final Set<UsageColumn> COLUMNS = Set.copyOf(WatchColumn.sampled());

    private final WatchedContainers containers;
    private final Duration interval;
    private final End end;

    /**
     * Shows nothing yet.
     *
     * @param sampler of {@link #COLUMNS}
     * @param chosen containers, none for all there are
     * @param interval between two looks, above 0
     * @param end when it comes, that ends
     */
    public Watch(ContainerSampler sampler, List<ContainerId> chosen, Duration interval, End end) {
        this.containers = new WatchedContainers(sampler, chosen);
        this.interval = interval;
        this.end = end;
    }

    /** Shows a table that is brought up to date and can be sorted by keys. A key ends it too. */
    public void on(Screen screen) throws IOException {
        new LiveTable(containers, interval, screen, System::nanoTime).run(end);
    }

    /** Prints a table each time. Ends too when nobody reads any more. */
    public void tables(PrintStream out) throws IOException {
        new Printed(containers, interval, out, Clock.systemUTC()).run(false, end);
    }

    /** Prints an object of JSON a line for each container and time. Ends too when nobody reads any more. */
    public void json(PrintStream out) throws IOException {
        new Printed(containers, interval, out, Clock.systemUTC()).run(true, end);
    }
}
