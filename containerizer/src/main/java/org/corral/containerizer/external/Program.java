package org.corral.containerizer.external;

import static org.corral.linux.raw.Constants.O_APPEND;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_NOFOLLOW;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.containerizer.external.protocol.Frame;
import org.corral.containerizer.state.RuntimeDirectory;
import org.corral.linux.Linux;
import org.corral.linux.event.Poller;
import org.corral.linux.process.Gate;
import org.corral.linux.process.PipedChild;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The external containerizer program: a process of its own for each call, in a session of its own. Thread-safe. */
final class Program {

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final String SHELL = "/bin/sh";
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int FIRST_NOT_STANDARD = 3;

    private final Linux linux;
    private final Poller poller;
    private final ExternalOptions options;
    private final Path gates;
    private final Set<ProgramCall> running = ConcurrentHashMap.newKeySet();

    Program(Linux linux, Poller poller, ExternalOptions options) {
        this.linux = linux;
        this.poller = poller;
        this.options = options;
        this.gates = options.runtimeDirectory().resolve("calls");
    }

    /**
     * Starts a call.
     *
     * @param command what the program is to do
     * @param input all of its standard input
     * @param sandbox its working directory, to whose file {@code stderr} its standard error is appended; without one that
     *     is discarded
     * @param variables variables for this call
     * @throws IOException if it cannot be started
     */
    ProgramCall start(String command, byte[] input, Optional<Path> sandbox, Map<String, String> variables)
            throws IOException {
        String line = options.program() + " " + command;
        RuntimeDirectory.makePrivate(options.runtimeDirectory());
        RuntimeDirectory.makePrivate(gates);
        Path directory = Files.createTempDirectory(gates, command + "-");
        try {
            SpawnPlan plan =
                    new SpawnPlan(SHELL, List.of("sh", "-c", line), environment(variables), actions(sandbox), true);
            return track(new ProgramCall(
                    linux,
                    line,
                    PipedChild.start(linux, poller, Gate.create(linux, directory), plan, input, Frame.LARGEST)));
        } catch (IllegalStateException e) {
            throw new IOException("'" + line + "' cannot be called any more: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(directory);
        }
    }

    private ProgramCall track(ProgramCall call) {
        running.add(call);
        call.output().whenComplete((output, failure) -> running.remove(call));
        return call;
    }

    /** Returns when no call is left, each of which may take so long before it is killed. */
    void awaitCalls(Duration patience) {
        for (ProgramCall call : running) {
            try {
                call.await(patience);
            } catch (IOException e) {
                LOG.debug("a call has ended without success", e);
            }
        }
    }

    /** The container's user may have put a link in the place of the file, which the program is not to follow. */
    private static List<Action> actions(Optional<Path> sandbox) {
        String errors = sandbox.map(path -> path.resolve("stderr").toString()).orElse("/dev/null");
        List<Action> actions = new ArrayList<>();
        actions.add(new Action.Open(2, errors, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0644));
        sandbox.ifPresent(path -> actions.add(new Action.ChangeDirectory(path.toString())));
        actions.add(new Action.CloseFrom(FIRST_NOT_STANDARD));
        return actions;
    }

    private List<String> environment(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>();
        all.put("PATH", DEFAULT_PATH);
        all.put("MESOS_LIBEXEC_DIRECTORY", options.libexecDirectory().toString());
        all.put("MESOS_WORK_DIRECTORY", options.workDirectory().toString());
        all.putAll(options.environment());
        all.putAll(variables);
        return all.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .sorted()
                .toList();
    }
}
