package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.corral.containerizer.Corral;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.containerizer.state.Checkpoint;
import org.corral.core.ContainerId;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corral update}: changes what a running container is to have. */
@Command(name = "update", description = "Change what a running container is to have.")
final class UpdateCommand implements Callable<Integer> {

    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final HostOptions hostOptions = new HostOptions();

    @Mixin
    private final ResourceOptions resourceOptions = new ResourceOptions();

    @Option(
            names = "--memory-policy",
            paramLabel = "POLICY",
            description =
                    "What becomes of the hard limit where --mem is below it: keep (it stays, the soft one moves; the default), "
                            + "refuse (if more is used), reclaim (first, or refuse), force (at once: may kill).")
    private MemoryLowering policy = MemoryLowering.KEEP;

    @Option(names = "--dry-run", description = "Tell what would be written, and write nothing.")
    private boolean dryRun;

    @Parameters(paramLabel = "ID", description = "The container.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ContainerId id;

    UpdateCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException {
        Resources wanted = resourceOptions.resources(host.linux());
        if (wanted.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "nothing to change: give a limit, as --mem 128M or --cpu-limit 2");
        }
        try (Corral corral = hostOptions.open(host);
                ForeignContainer container = ContainerAccess.attach(corral, id)) {
            requireDirectory(wanted, container.checkpoint());
            UnenforcedLimits.of(wanted, container.checkpoint().isolation())
                    .remark()
                    .ifPresent(host::say);
            if (dryRun) {
                container.plan(wanted, policy).forEach(host.out()::println);
            } else {
                container.update(wanted, policy);
            }
            return 0;
        }
    }

    private static void requireDirectory(Resources wanted, Checkpoint checkpoint) throws IOException {
        if (wanted.disk().isPresent() && checkpoint.directory().isEmpty()) {
            throw new IOException("--disk limits a working directory, and container " + checkpoint.id()
                    + " has none that was written down: launch it with --directory");
        }
    }
}
