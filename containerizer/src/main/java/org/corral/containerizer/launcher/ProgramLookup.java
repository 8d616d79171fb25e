package org.corral.containerizer.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.corral.core.LaunchException;

/** Finds the file of a program as a shell does: by itself if its name holds a {@code /}, else along a PATH. */
final class ProgramLookup {

    /** What glibc's {@code execvp} takes where there is no PATH. */
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private final Path directory;
    private final String path;

    /**
     * Looks from a working directory.
     *
     * @param path a list of directories separated by {@code :}, as the command's environment has it
     */
    ProgramLookup(Path directory, Optional<String> path) {
        this.directory = directory;
        this.path = path.orElse(DEFAULT_PATH);
    }

    /**
     * {@return the program's file}
     *
     * @throws LaunchException if there is none, or only one that cannot be executed
     */
    Path find(String program) throws LaunchException {
        if (program.contains("/")) {
            return executable(program, directory.resolve(program));
        }
        Optional<Path> blocked = Optional.empty();
        for (String entry : path.split(":", -1)) {
            Path candidate = directory.resolve(entry).resolve(program);
            if (Files.isRegularFile(candidate)) {
                if (Files.isExecutable(candidate)) {
                    return candidate;
                }
                blocked = Optional.of(candidate);
            }
        }
        return blocked.isPresent() ? executable(program, blocked.get()) : missing(program, "in PATH " + path);
    }

    private static Path executable(String program, Path file) throws LaunchException {
        if (!Files.exists(file)) {
            return missing(program, "at " + file);
        }
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw new LaunchException(
                    LaunchException.Kind.COMMAND_NOT_EXECUTABLE,
                    "command '" + program + "' cannot be executed: " + file
                            + " is a directory or lacks execute permission");
        }
        return file;
    }

    private static Path missing(String program, String where) throws LaunchException {
        throw new LaunchException(
                LaunchException.Kind.COMMAND_NOT_FOUND, "command '" + program + "' not found " + where);
    }
}
