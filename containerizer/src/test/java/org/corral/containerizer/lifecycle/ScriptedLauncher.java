package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.core.launcher.Launcher;

/** A launcher of scripted processes: all containers of a test share one. */
final class ScriptedLauncher implements Launcher {

    final ScriptedProcess process;
    private final Script script;
    private final Set<ContainerId> found = ConcurrentHashMap.newKeySet();
    private Contribution contribution = Contribution.NONE;
    private ScriptedProcess beside = new ScriptedProcess(new Script());

    ScriptedLauncher(Script script) {
        this.script = script;
        this.process = new ScriptedProcess(script);
    }

    Contribution contribution() {
        return contribution;
    }

    /** {@return the process that was made last for a command before the container's own} */
    ScriptedProcess beside() {
        return beside;
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

    void loses(ContainerId id) {
        found.remove(id);
    }

    @Override
    public Set<ContainerId> findAll() throws IOException {
        script.enterUntold("findAll");
        return Set.copyOf(found);
    }

    @Override
    public GatedProcess fork(ContainerId id, LaunchRequest request, Contribution contributed) throws LaunchException {
        contribution = contributed;
        enter("fork");
        return process;
    }

    /** Ends at once with exit code 0, unless the test lets it do something else in that step. */
    @Override
    public GatedProcess forkBeside(
            ContainerId id, ContainerProcess first, LaunchRequest request, Contribution contributed)
            throws LaunchException {
        beside = new ScriptedProcess(new Script());
        enter("forkBeside " + String.join(" ", request.command()));
        if (!script.isDuring("forkBeside " + String.join(" ", request.command()))) {
            beside.end(new ExitStatus.Exited(0));
        }
        return beside;
    }

    private void enter(String step) throws LaunchException {
        try {
            script.enter(step);
        } catch (LaunchException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void destroy(ContainerId id, Duration timeout) throws IOException {
        script.enter("launcher.destroy");
        process.end(new ExitStatus.Signaled(9));
    }
}
