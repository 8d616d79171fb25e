package org.corral.containerizer.launcher;

import static org.corral.linux.raw.Constants.O_APPEND;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Namespace;
import org.corral.linux.process.Identity;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;

/** Turns a request into what posix_spawn(3) is to do, and refuses what could not work before anything is made. */
final class SpawnPlanner {

    private static final int FIRST_NOT_STANDARD = 3;

    private SpawnPlanner() {}

    /**
     * {@return the plan}
     *
     * @param user whom the command runs as, empty for the agent's own
     */
    static SpawnPlan plan(LaunchRequest request, Contribution contribution, Optional<Identity> user)
            throws LaunchException {
        Map<String, String> environment = contribution.environment();
        Path directory = directoryOf(request);
        Path program = new ProgramLookup(directory, Optional.ofNullable(environment.get("PATH")))
                .find(request.command().get(0));
        List<String> command = new ArrayList<>(request.command());
        String file = program.toString();
        if (user.isPresent()) {
            command.set(0, file);
            command.addAll(0, UserChange.prefix(user.get()));
            file = command.get(0);
        }
        return new SpawnPlan(
                file,
                command,
                variables(environment),
                actions(request, contribution.namespaces().contains(Namespace.MOUNT)),
                request.session() == LaunchRequest.Session.OWN);
    }

    private static List<String> variables(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .sorted()
                .toList();
    }

    private static Path directoryOf(LaunchRequest request) throws LaunchException {
        Path directory = request.directory().orElse(Path.of("")).toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            throw failed("working directory " + directory + " does not exist: make it, or give another one");
        }
        if (!Files.isExecutable(directory)) {
            throw failed("working directory " + directory + " may not be entered: its x permission is missing");
        }
        return directory;
    }

    /** In mounts of its own even the agent's working directory is another one: that of the same path. */
    private static List<Action> actions(LaunchRequest request, boolean ownMounts) throws LaunchException {
        List<Action> actions = new ArrayList<>();
        input(request.stdin()).ifPresent(actions::add);
        output(1, request.stdout()).ifPresent(actions::add);
        output(2, request.stderr()).ifPresent(actions::add);
        if (ownMounts || request.directory().isPresent()) {
            Path directory = request.directory().orElse(Path.of(""));
            actions.add(new Action.ChangeDirectory(directory.toAbsolutePath().toString()));
        }
        actions.add(new Action.CloseFrom(FIRST_NOT_STANDARD));
        return actions;
    }

    private static Optional<Action> input(Stdio stdin) throws LaunchException {
        Optional<Path> path = fileOf(stdin);
        if (path.isPresent() && !Files.isReadable(path.get())) {
            throw failed("standard input " + path.get() + " cannot be read: give an existing, readable file");
        }
        return path.map(file -> new Action.Open(0, file.toString(), O_RDONLY, 0));
    }

    private static Optional<Action> output(int fd, Stdio stream) throws LaunchException {
        Optional<Path> path = fileOf(stream);
        if (path.isPresent()) {
            refuseUnwritable(path.get());
        }
        return path.map(file -> new Action.Open(fd, file.toString(), O_WRONLY | O_CREAT | O_APPEND, 0644));
    }

    private static void refuseUnwritable(Path file) throws LaunchException {
        Path parent = file.toAbsolutePath().getParent();
        boolean writable = Files.exists(file)
                ? Files.isWritable(file) && !Files.isDirectory(file)
                : parent != null && Files.isWritable(parent);
        if (!writable) {
            throw failed("output file " + file + " cannot be written: give a file in an existing, writable directory");
        }
    }

    private static Optional<Path> fileOf(Stdio stream) {
        if (stream instanceof Stdio.File file) {
            return Optional.of(file.path().toAbsolutePath());
        }
        return stream instanceof Stdio.Discard ? Optional.of(Path.of("/dev/null")) : Optional.empty();
    }

    private static LaunchException failed(String message) {
        return new LaunchException(LaunchException.Kind.FAILED, message);
    }
}
