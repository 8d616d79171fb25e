package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.corral.containerizer.Corral;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.core.ContainerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code corral destroy}: ends containers and removes what is left of them. */
@Command(name = "destroy", description = "End containers, all of their processes, and remove what is left of them.")
final class DestroyCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private final HostOptions hostOptions = new HostOptions();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The containers.")
    private List<ContainerId> ids = new ArrayList<>();

    DestroyCommand(Host host) {
        this.host = host;
    }

    /** Attempts all of them. */
    @Override
    public Integer call() throws IOException {
        int status = 0;
        try (Corral corral = hostOptions.open(host)) {
            for (ContainerId id : ids) {
                try (ForeignContainer container = ContainerAccess.attach(corral, id)) {
                    container.destroy();
                } catch (IOException e) {
                    host.say(OneLine.of(e));
                    status = CorralCommand.FAILED;
                }
            }
        }
        return status;
    }
}
