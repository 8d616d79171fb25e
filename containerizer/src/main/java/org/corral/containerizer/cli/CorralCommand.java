package org.corral.containerizer.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code corral}: what all commands have in common. */
@Command(
        name = "corral",
        description = "Runs commands in containers made of Linux cgroups.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionCommand.class,
        subcommands = {
            RunCommand.class,
            InfoCommand.class,
            ListCommand.class,
            StatsCommand.class,
            EventsCommand.class,
            UpdateCommand.class,
            KillCommand.class,
            DestroyCommand.class,
            ExternalCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
final class CorralCommand implements Runnable {

    /** Corral's own failure, as with {@code docker run} and env(1). */
    static final int FAILED = 125;

    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Tell what is done, and where failures come from. CORRAL_DEBUG=1 does the same.")
    private boolean debug;

    CorralCommand(Host host) {
        this.host = host;
    }

    /** {@return the exit code of a command line} */
    static int execute(Host host, String... arguments) {
        try {
            return new CorralCommand(host).commandLine().execute(arguments);
        } catch (LinkageError e) {
            host.say("the C library cannot be called: " + e.getMessage() + "; give Java a folder that may hold "
                    + "libraries with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR");
            return FAILED;
        }
    }

    private CommandLine commandLine() {
        CommandLine line = new CommandLine(this, new CommandFactory(host));
        line.setExpandAtFiles(false); // '@name' belongs to the command
        line.getSubcommands().forEach((name, command) -> command.setStopAtPositional(name.equals("run")));
        line.setOut(new PrintWriter(host.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(host.err(), true, StandardCharsets.UTF_8));
        FailureHandler failures = new FailureHandler(host, this::isDebug);
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        line.setExecutionStrategy(parsed -> {
            Logging.configure(isDebug());
            return new RunLast().execute(parsed);
        });
        Converters.register(line);
        return line;
    }

    private boolean isDebug() {
        String variable = host.environment().getOrDefault("CORRAL_DEBUG", "");
        return debug || variable.equals("1");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: give one as 'corral run'");
    }
}
