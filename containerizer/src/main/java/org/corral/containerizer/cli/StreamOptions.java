package org.corral.containerizer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.corral.linux.Linux;
import picocli.CommandLine.Option;

/** Where the command's standard streams come from and go. */
final class StreamOptions {

    @Option(names = "--stdin", paramLabel = "FILE", description = "Read standard input from a file.")
    private Optional<Path> stdin = Optional.empty();

    @Option(
            names = "--stdout",
            paramLabel = "FILE",
            description = "Append standard output to a file. One that is made belongs to --user.")
    private Optional<Path> stdout = Optional.empty();

    @Option(
            names = "--stderr",
            paramLabel = "FILE",
            description = "Append standard error to a file. One that is made belongs to --user.")
    private Optional<Path> stderr = Optional.empty();

    /** Refuses files that could not be used. */
    void check() throws IOException {
        if (stdin.isPresent()) {
            FileChecks.requireReadable("--stdin", stdin.get());
        }
        if (stdout.isPresent()) {
            FileChecks.requireWritable("--stdout", stdout.get());
        }
        if (stderr.isPresent()) {
            FileChecks.requireWritable("--stderr", stderr.get());
        }
    }

    void addTo(LaunchRequest.Builder request) {
        request.stdio(stdio(stdin), stdio(stdout), stdio(stderr));
    }

    private static Stdio stdio(Optional<Path> file) {
        return file.map(Stdio::file).orElse(Stdio.INHERIT);
    }

    /** {@return whether the command gets a terminal of ours: then it must stay in the terminal's session} */
    boolean reachTerminal(Linux linux) {
        return isTerminal(linux, 0, stdin) || isTerminal(linux, 1, stdout) || isTerminal(linux, 2, stderr);
    }

    private static boolean isTerminal(Linux linux, int fd, Optional<Path> file) {
        return file.isEmpty() && linux.processes().isTerminal(fd);
    }
}
