package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.corral.containerizer.lifecycle.Activities.Note;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.corral.core.isolator.Contribution;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;

/**
 * Runs the commands that isolators want to be run in a container before its own. A destruction of the container ends the
 * one that runs. Immutable.
 *
 * @param directory where to keep what a command says, until the launch is over
 */
@SuppressWarnings("try") // a note is held, not called
record PreExec(Launcher launcher, Activities activities, Path directory) {

    private static final int SIGKILL = 9;

    /** What is told of a command's complaint: its end is where the reason stands. */
    private static final int COMPLAINT_CHARS = 500;

    /** Runs all of them, one after the other, beside the first process, which waits. */
    void run(Container container, ContainerProcess first, Contribution contribution) throws IOException {
        for (List<String> command : contribution.preExec()) {
            try (Note note = activities.begin(container.id(), "pre-exec command " + command.get(0))) {
                run(container, first, contribution, command);
            }
        }
    }

    private void run(Container container, ContainerProcess first, Contribution contribution, List<String> command)
            throws IOException {
        Path said = directory.resolve("pre-exec.log");
        LaunchRequest request = LaunchRequest.builder(command)
                .environment(contribution.environment())
                .stdio(Stdio.DISCARD, Stdio.file(said), Stdio.file(said))
                .build();
        GatedProcess process = launcher.forkBeside(container.id(), first, request, contribution);
        process.release();
        Optional<ExitStatus> status = await(container, process);
        if (!status.equals(Optional.of(new ExitStatus.Exited(0)))) {
            throw failed(container.id(), command, status, said);
        }
        Files.deleteIfExists(said);
    }

    private static Optional<ExitStatus> await(Container container, GatedProcess process) throws IOException {
        CompletableFuture<Optional<ExitStatus>> exit = process.exit().toCompletableFuture();
        try {
            CompletableFuture.anyOf(exit, container.unwanted()).join();
            if (!exit.isDone()) {
                process.signal(SIGKILL);
            }
            return exit.join();
        } catch (CompletionException e) {
            throw new IOException("the end of pid " + process.pid() + " cannot be noticed", e.getCause());
        }
    }

    private static LaunchException failed(
            ContainerId id, List<String> command, Optional<ExitStatus> status, Path said) {
        String how = status.map(PreExec::how).orElse("in a way that is not known");
        return new LaunchException(
                LaunchException.Kind.FAILED,
                "pre-exec command '" + String.join(" ", command) + "' of container " + id + " ended " + how
                        + complaint(said));
    }

    private static String how(ExitStatus status) {
        return status instanceof ExitStatus.Exited exited
                ? "with exit code " + exited.code()
                : "by signal " + ((ExitStatus.Signaled) status).signal();
    }

    private static String complaint(Path said) {
        try {
            String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "" : ": " + text.substring(Math.max(0, text.length() - COMPLAINT_CHARS));
        } catch (IOException e) {
            return "";
        }
    }
}
