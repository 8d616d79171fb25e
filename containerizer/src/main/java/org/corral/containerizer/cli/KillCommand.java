package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.corral.containerizer.Corral;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.core.ContainerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code corral kill}: sends a container's first process a signal. */
@Command(name = "kill", description = "Send a container's first process a signal.")
final class KillCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private final HostOptions hostOptions = new HostOptions();

    @Option(
            names = {"-s", "--signal"},
            paramLabel = "SIGNAL",
            description = "A name as TERM or SIGTERM, or a number (default: TERM).")
    private Signal signal = Signal.TERM;

    @Parameters(paramLabel = "ID", description = "The container.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ContainerId id;

    KillCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException {
        try (Corral corral = hostOptions.open(host);
                ForeignContainer container = ContainerAccess.attach(corral, id)) {
            if (!container.kill(signal.number())) {
                throw new IOException("container " + id + " has no process to signal any more: it ended, or its agent "
                        + "did; 'corral destroy " + id + "' removes what is left");
            }
            return 0;
        }
    }
}
