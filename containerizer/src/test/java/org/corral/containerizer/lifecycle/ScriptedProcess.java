package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.launcher.GatedProcess;

/** A process that ends when the test says so. */
final class ScriptedProcess implements GatedProcess {

    static final int PID = 4711;

    private final Script script;
    private final CompletableFuture<Optional<ExitStatus>> exit = new CompletableFuture<>();

    ScriptedProcess(Script script) {
        this.script = script;
    }

    void end(ExitStatus status) {
        exit.complete(Optional.of(status));
    }

    void loseTrack(IOException reason) {
        exit.completeExceptionally(reason);
    }

    @Override
    public int pid() {
        return PID;
    }

    @Override
    public CompletionStage<Optional<ExitStatus>> exit() {
        return exit;
    }

    @Override
    public boolean signal(int number) throws IOException {
        script.enter("signal " + number);
        return exit.complete(Optional.of(new ExitStatus.Signaled(number)));
    }

    @Override
    public void release() throws LaunchException {
        try {
            script.enter("release");
        } catch (LaunchException e) {
            end(new ExitStatus.Exited(127));
            throw e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void abort() {
        try {
            script.enter("abort");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        end(new ExitStatus.Exited(127));
    }
}
