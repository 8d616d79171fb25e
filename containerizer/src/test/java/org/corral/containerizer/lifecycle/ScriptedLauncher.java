package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;

/** A launcher of scripted processes: all containers of a test share one. */
final class ScriptedLauncher implements Launcher {

    final ScriptedProcess process;
    private final Script script;
    private final Set<ContainerId> found = ConcurrentHashMap.newKeySet();
    private Map<String, String> environment = Map.of();

    ScriptedLauncher(Script script) {
        this.script = script;
        this.process = new ScriptedProcess(script);
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Optional<ContainerProcess> recover(RecoveredContainer container) throws IOException {
        script.enter("launcher.recover");
        return container.pid().isPresent() ? Optional.of(process) : Optional.empty();
    }

    /** Sees a container on the host. */
    void finds(ContainerId id) {
        found.add(id);
    }

    @Override
    public Set<ContainerId> findAll() throws IOException {
        script.enterUntold("findAll");
        return Set.copyOf(found);
    }

    @Override
    public GatedProcess fork(ContainerId id, LaunchRequest request, Map<String, String> variables)
            throws LaunchException {
        environment = variables;
        try {
            script.enter("fork");
        } catch (LaunchException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return process;
    }

    @Override
    public void destroy(ContainerId id, Duration timeout) throws IOException {
        script.enter("launcher.destroy");
        process.end(new ExitStatus.Signaled(9));
    }
}
