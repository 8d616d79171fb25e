package org.corral.containerizer.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.corral.containerizer.ContainerSampler;
import org.corral.containerizer.Corral;
import org.corral.containerizer.cli.watch.End;
import org.corral.containerizer.cli.watch.Screen;
import org.corral.containerizer.cli.watch.TerminalScreen;
import org.corral.containerizer.cli.watch.Watch;
import org.corral.core.ContainerId;
import org.corral.linux.raw.ProcessCalls;

/** {@code corral stats --watch}: finds out where to show it, and lets signals end it. Confined to one thread. */
final class WatchRun {

    /** The variable that names the type of the terminal: term(7). */
    private static final String TERM = "TERM";

    private static final String DUMB = "dumb";

    private final Host host;
    private final HostOptions hostOptions;
    private final List<ContainerId> ids;
    private final Duration interval;
    private final SignalSource signals = new JvmSignals();

    /** Shows nothing yet. */
    WatchRun(Host host, HostOptions hostOptions, List<ContainerId> ids, Duration interval) {
        this.host = host;
        this.hostOptions = hostOptions;
        this.ids = List.copyOf(ids);
        this.interval = interval;
    }

    /** Ctrl-C is how it is meant to end, hence no failure, and so are the signals of others: the terminal is given back. */
    int run(boolean json) throws IOException {
        End end = new End();
        List<SignalSource.Registration> registrations = Stream.of(Signal.INT, Signal.TERM, Signal.HUP)
                .map(signal -> signals.on(signal, end::come))
                .toList();
        try (Corral corral = hostOptions.open(host);
                ContainerSampler sampler = corral.sampler(Watch.COLUMNS)) {
            requireWatchable(corral, sampler);
            show(new Watch(sampler, ids, interval, end), json);
            return 0;
        } finally {
            registrations.forEach(SignalSource.Registration::close);
        }
    }

    /** Tells of what is not there before the first look, when somebody reads it. */
    private void requireWatchable(Corral corral, ContainerSampler sampler) throws IOException {
        for (ContainerId id : ids) {
            ContainerAccess.attach(corral, id).close();
            if (!sampler.add(id)) {
                throw new IOException("container " + id + " has no cgroup to watch: see 'corral stats " + id + "'");
            }
        }
    }

    private void show(Watch watch, boolean json) throws IOException {
        if (json) {
            watch.json(host.out());
        } else if (hasScreen()) {
            try (Screen screen = TerminalScreen.open(host.terminal().get(), System.in, host.out(), terminalType())) {
                watch.on(screen);
            }
        } else {
            watch.tables(host.out());
        }
    }

    /** Keys come from standard input, and a terminal that calls itself dumb has lines alone. */
    private boolean hasScreen() {
        ProcessCalls calls = host.linux().processes();
        return calls.isTerminal(0) && calls.isTerminal(1) && !terminalType().equals(DUMB);
    }

    private String terminalType() {
        return host.environment().getOrDefault(TERM, DUMB);
    }
}
