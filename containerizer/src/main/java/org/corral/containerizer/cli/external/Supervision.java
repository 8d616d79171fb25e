package org.corral.containerizer.cli.external;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.corral.containerizer.Corral;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.protocol.Frame;
import org.corral.containerizer.external.protocol.TerminationMessages;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Termination;

/** The life of the process that owns a container: launches it, says so, waits for its end, and writes that down. */
final class Supervision {

    private final ProgramContext context;
    private final RecordStore records;

    Supervision(ProgramContext context) {
        this.context = context;
        this.records = context.records();
    }

    void run() throws IOException {
        Calls.Launch launch = Frame.read(context.in(), Calls.Launch.parser());
        ContainerId id = ContainerId.of(launch.getContainerId().getValue());
        try (Corral corral = context.open()) {
            launchAndSay(corral, id, launch);
            records.recordTermination(id, TerminationMessages.of(await(corral, id)));
        }
    }

    private void launchAndSay(Corral corral, ContainerId id, Calls.Launch launch) throws IOException {
        try {
            records.recordSupervisor(id, self());
            launch(corral, id, new ExecutorRequest(context).of(launch));
        } catch (IOException | IllegalArgumentException e) {
            say(String.valueOf(e.getMessage()));
            throw e;
        }
        say(SupervisorStart.RUNS);
    }

    private ProcessIdentity self() throws IOException {
        int pid = context.linux().processes().pid();
        return ProcessIdentity.of(context.linux(), pid)
                .orElseThrow(() -> new IOException("this process, pid " + pid + ", is not in /proc"));
    }

    private void launch(Corral corral, ContainerId id, LaunchRequest request) throws IOException {
        LaunchOutcome outcome = corral.containerizer().launch(id, request);
        if (outcome != LaunchOutcome.LAUNCHED) {
            throw new IOException(
                    outcome == LaunchOutcome.ALREADY_LAUNCHED
                            ? "there is a container of that name already"
                            : "it cannot be run on this host");
        }
    }

    /** The other side waits for the end of this output. */
    private void say(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        context.out().write(bytes, 0, bytes.length);
        context.out().close();
    }

    private static Termination await(Corral corral, ContainerId id) throws IOException {
        try {
            Optional<Termination> end =
                    corral.containerizer().wait(id).toCompletableFuture().join();
            return end.orElseThrow(() -> new IOException("nobody knows how container " + id + " ended"));
        } catch (CompletionException e) {
            throw new IOException("container " + id + " could not be ended: " + e.getCause(), e);
        }
    }
}
