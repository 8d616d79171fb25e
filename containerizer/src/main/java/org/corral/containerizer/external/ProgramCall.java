package org.corral.containerizer.external;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.corral.containerizer.launcher.TreeKill;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ExitStatus;
import org.corral.linux.Linux;
import org.corral.linux.process.PipedChild;
import org.jspecify.annotations.Nullable;

/** One run of the program. Thread-safe. */
final class ProgramCall {

    private static final int FIRST_SIGNAL = 128;
    private static final Duration TO_DIE = Duration.ofSeconds(60);

    private final Linux linux;
    private final String line;
    private final PipedChild child;
    private final Optional<ProcessIdentity> shell;

    /** Makes it for a child that leads a session of its own. */
    ProgramCall(Linux linux, String line, PipedChild child) throws IOException {
        this.linux = linux;
        this.line = line;
        this.child = child;
        this.shell = ProcessIdentity.of(linux, child.pid());
    }

    /** {@return what it wrote, when it has ended with success; failed with an {@link IOException} otherwise} */
    CompletionStage<byte[]> output() {
        return child.result().thenApply(this::successful);
    }

    private byte[] successful(PipedChild.Result result) {
        ExitStatus status = result.status().orElse(null);
        if (status == null || !status.isSuccess()) {
            throw new CompletionException(failure(status));
        }
        return result.output();
    }

    /** Of a program that was killed, the shell tells the signal with an exit code above 128. */
    private IOException failure(@Nullable ExitStatus status) {
        if (status == null) {
            return new IOException("'" + line + "' has ended, and nobody knows how");
        }
        String message = "'" + line + "' failed with " + status + ": see the file stderr of the sandbox";
        return status.shellCode() > FIRST_SIGNAL ? new IOException(message) : new ProgramFailure(message);
    }

    /**
     * Waits for its end.
     *
     * @return what it wrote
     * @throws IOException if it failed, or did not end in time; then all of its processes are gone
     */
    byte[] await(Duration patience) throws IOException {
        CompletableFuture<byte[]> output = output().toCompletableFuture();
        try {
            return output.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw asIoException(e);
        } catch (TimeoutException e) {
            end();
            throw new IOException(
                    "'" + line + "' did not end within " + patience.toMillis() + " ms, and was killed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
            throw new IOException("interrupted while '" + line + "' ran, which was killed", e);
        }
    }

    /** {@return the reason of a failed {@link #output}} */
    static IOException asIoException(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        if (wrapper && cause != null) {
            return asIoException(cause);
        }
        return failure instanceof IOException io ? io : new IOException(failure.toString(), failure);
    }

    /** Kills its session and all descendants, and returns when they are gone. */
    void end() throws IOException {
        if (shell.isPresent()) {
            new TreeKill(linux).kill(shell.get(), TO_DIE, "'" + line + "'");
        }
    }
}
