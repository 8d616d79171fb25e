package org.corral.containerizer.cli;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.corral.core.LaunchException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells failures in one line each, and gives them their exit codes. Where they come from is told on request alone. */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** How picocli begins the message of a value that a converter refused. */
    private static final Pattern PREFIX = Pattern.compile(
            "^Invalid value for (?:option '(?<option>-[^']*)'|positional parameter[^(]*\\((?<name>[^)]*)\\))(?: \\([^)]*\\))?: ");

    private final Host host;
    private final BooleanSupplier debug;

    FailureHandler(Host host, BooleanSupplier debug) {
        this.host = host;
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        String message = withoutPrefix(String.valueOf(failure.getMessage()));
        host.say(message + similar(failure) + "; see '" + command + " --help'");
        trace(failure);
        return CorralCommand.FAILED;
    }

    /** {@return what was perhaps meant by a name that is none} */
    private static String similar(ParameterException failure) {
        List<String> names =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return names.isEmpty() ? "" : "; similar: " + String.join(", ", names);
    }

    private static String withoutPrefix(String message) {
        return PREFIX.matcher(message).replaceFirst(match -> {
            String option = match.group(1);
            return (option == null ? match.group(2) : option) + ": ";
        });
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        host.say(OneLine.of(failure));
        trace(failure);
        return failure instanceof LaunchException launch ? launch.kind().exitCode() : CorralCommand.FAILED;
    }

    private void trace(Exception failure) {
        if (debug.getAsBoolean()) {
            failure.printStackTrace(host.err());
        }
    }
}
