package org.corral.containerizer.external.protocol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.containerizer.external.message.Mesos.CommandInfo;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;

/**
 * A command and its arguments as a command line for a shell, which is the one form that programs of all releases know, and
 * back. The shell replaces itself by the command.
 */
public final class CommandLines {

    private CommandLines() {}

    /**
     * {@return a line for {@code /bin/sh -c} that executes exactly this command}
     *
     * <p>Files for the standard streams are part of the line, since the protocol has no place for them. A stream that is to
     * be inherited is what the program gives its containers.
     */
    public static String shellLine(LaunchRequest request) {
        List<String> words = new ArrayList<>(List.of("exec"));
        request.command().forEach(word -> words.add(quote(word)));
        redirection("<", request.stdin()).ifPresent(words::add);
        redirection(">>", request.stdout()).ifPresent(words::add);
        redirection("2>>", request.stderr()).ifPresent(words::add);
        return String.join(" ", words);
    }

    private static Optional<String> redirection(String operator, Stdio stream) {
        if (stream instanceof Stdio.File file) {
            Path path = file.path().toAbsolutePath();
            return Optional.of(operator + quote(path.toString()));
        }
        return stream instanceof Stdio.Discard ? Optional.of(operator + "/dev/null") : Optional.empty();
    }

    /** Nothing has a meaning between single quotes but the next one. */
    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * {@return program and arguments of a command}
     *
     * <p>With a shell these are the shell's. Without one the first argument is the program's own name for itself, which
     * Corral does not change: the program's file takes its place.
     *
     * @throws IllegalArgumentException if there is no command
     */
    public static List<String> words(CommandInfo command) {
        if (command.getValue().isEmpty()) {
            throw new IllegalArgumentException("the executor has no command: give one in its 'value'");
        }
        if (command.getShell()) {
            return List.of("/bin/sh", "-c", command.getValue());
        }
        List<String> words = new ArrayList<>(List.of(command.getValue()));
        words.addAll(command.getArgumentsList().stream().skip(1).toList());
        return words;
    }
}
