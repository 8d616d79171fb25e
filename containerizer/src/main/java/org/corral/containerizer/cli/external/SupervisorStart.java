package org.corral.containerizer.cli.external;

import static org.corral.linux.raw.Constants.O_APPEND;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.protocol.Frame;
import org.corral.core.ContainerId;
import org.corral.linux.event.Poller;
import org.corral.linux.process.Gate;
import org.corral.linux.process.PipedChild;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;

/**
 * Starts the process that owns a container: this program once more, in a session of its own, with the launch as its input.
 * It outlives this process. What it says first is whether the container runs.
 */
final class SupervisorStart {

    /** What a supervisor says when its container runs; anything else is the reason why not. */
    static final String RUNS = "runs";

    private static final int LONGEST_REASON = 65536;
    private static final int SHOWN_OF_LOG = 2000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ProgramContext context;
    private final RecordStore records;

    SupervisorStart(ProgramContext context) {
        this.context = context;
        this.records = context.records();
    }

    /**
     * Returns when the container runs.
     *
     * @throws IOException with the reason why it does not
     */
    void run(ContainerId id, Calls.Launch launch) throws IOException {
        SpawnPlan plan = plan(id);
        try (Poller poller = Poller.start(context.linux())) {
            PipedChild supervisor = PipedChild.start(
                    context.linux(),
                    poller,
                    Gate.create(context.linux(), records.directoryOf(id)),
                    plan,
                    Frame.of(launch),
                    LONGEST_REASON);
            String said = new String(firstWord(supervisor), StandardCharsets.UTF_8).strip();
            if (!said.equals(RUNS)) {
                throw new IOException(said.isEmpty() ? "its supervisor ended: " + log(id) : said);
            }
        }
    }

    private static byte[] firstWord(PipedChild supervisor) throws IOException {
        try {
            return supervisor.output().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("its supervisor, pid " + supervisor.pid() + ", does not say whether it runs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while its supervisor launched it", e);
        }
    }

    private String log(ContainerId id) throws IOException {
        String log = Files.readString(records.logOf(id)).strip();
        return log.substring(0, Math.min(log.length(), SHOWN_OF_LOG));
    }

    private SpawnPlan plan(ContainerId id) throws IOException {
        OwnCommandLine own =
                OwnCommandLine.read(context.linux(), context.arguments().size() + 1);
        List<String> arguments = new ArrayList<>(context.arguments());
        arguments.add(ExternalProgram.SUPERVISE);
        List<String> environment = context.ownEnvironment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
        List<Action> actions = List.of(
                new Action.Open(2, records.logOf(id).toString(), O_WRONLY | O_CREAT | O_APPEND, 0600),
                new Action.CloseFrom(3));
        return new SpawnPlan(own.java().toString(), own.with(arguments), environment, actions, true);
    }
}
