package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.corral.containerizer.cli.external.ExternalProgram;
import org.corral.containerizer.cli.external.ProgramContext;
import org.corral.containerizer.isolator.Isolation;
import org.corral.core.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corral external}: the external containerizer program of a Mesos agent, or of any other that calls one. */
@Command(
        name = "external",
        description = "Make containers for an agent that calls an external containerizer program.",
        footer = {
            "",
            "For agents of Mesos 0.19 to 1.0: --containerizer_path='corral external'. Messages",
            "come on standard input and go to standard output. Exit code: 0, or 1 with the",
            "reason in one line on standard error."
        })
final class ExternalCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final HostOptions hostOptions = new HostOptions();

    @Option(
            names = "--isolation",
            paramLabel = "NAMES",
            description =
                    "How containers are limited and measured: auto (default), or names as cgroups/cpu,cgroups/mem.")
    private Isolation isolation = Isolation.AUTO;

    @Option(names = "--cfs", description = "Limit containers to their CPUs, also while others are idle.")
    private boolean cfs;

    @Option(
            names = "--mem-floor",
            paramLabel = "SIZE",
            description = "The least that memory limits are set to (default: 32M).")
    private DataSize memoryFloor = DataSize.ofMebibytes(32);

    @Parameters(
            paramLabel = "COMMAND",
            description = "launch, wait, update, usage, destroy, containers or recover; the agent adds it.")
    private String command = "";

    ExternalCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        try {
            new ExternalProgram(context()).run(command);
            return 0;
        } catch (IOException | RuntimeException e) {
            host.say(OneLine.of(e));
            return FAILED;
        }
    }

    private ProgramContext context() {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return new ProgramContext(
                host.linux(),
                hostOptions.options(host).withIsolation(isolation).withMemoryFloor(memoryFloor),
                cfs,
                host.environment(),
                System.getenv(),
                arguments.subList(0, arguments.size() - 1),
                System.in,
                host.out(),
                host.err());
    }
}
