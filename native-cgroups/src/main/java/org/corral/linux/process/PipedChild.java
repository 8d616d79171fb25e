package org.corral.linux.process;

import static org.corral.linux.raw.Constants.EPOLLIN;
import static org.corral.linux.raw.Constants.EPOLLOUT;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.corral.core.ExitStatus;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.corral.linux.raw.SpawnPlan;

/**
 * A child whose input is given and whose output is collected, through pipes. It has no thread of its own: the poller
 * writes, reads, and notices its exit. Thread-safe.
 */
public final class PipedChild {

    private static final int SIGKILL = 9;

    private final GatedChild child;
    private final PipeReader output;
    private final CompletableFuture<Result> result;

    private PipedChild(GatedChild child, PipeReader output) {
        this.child = child;
        this.output = output;
        this.result = child.exit()
                .thenApply(status -> new Result(status, output.finish()))
                .toCompletableFuture();
    }

    /**
     * What a child left.
     *
     * @param status how it ended; empty if the kernel does not tell
     * @param output what it wrote to its standard output until it ended; if that was more than the limit, the limit's
     *     bytes and one more
     */
    @SuppressWarnings("ArrayRecordComponent") // made once and handed on once
    public record Result(Optional<ExitStatus> status, byte[] output) {}

    /**
     * Runs a program, and returns when it has been executed.
     *
     * @param gate a closed one that nobody waits at; it is removed
     * @param plan the program; its standard input and output are pipes before the plan's own actions are done
     * @param input all of its standard input
     * @param mostOutput bytes of output after which no more are read, so that writing more fails there (EPIPE, SIGPIPE)
     * @throws ErrnoException ENOENT or EACCES if the program cannot be executed; EMFILE
     * @throws IOException if there could be no child
     * @throws IllegalStateException if the poller is closed
     */
    public static PipedChild start(Linux linux, Poller poller, Gate gate, SpawnPlan plan, byte[] input, int mostOutput)
            throws IOException {
        try (ChildPipes pipes = createOrRemove(linux, gate)) {
            GatedChild child = GatedChild.start(linux, poller, gate, pipes.into(plan));
            child.release();
            PipeReader reader = new PipeReader(linux, pipes.output(), mostOutput);
            PipeWriter writer = new PipeWriter(linux, pipes.input(), input);
            watch(poller, pipes, reader, writer, child);
            return new PipedChild(child, reader);
        }
    }

    private static ChildPipes createOrRemove(Linux linux, Gate gate) throws IOException {
        try {
            return ChildPipes.create(linux);
        } catch (IOException e) {
            gate.remove();
            throw e;
        }
    }

    /** The poller closes what it watches, or was asked to watch. */
    private static void watch(Poller poller, ChildPipes pipes, PipeReader reader, PipeWriter writer, GatedChild child)
            throws ErrnoException {
        Optional<Poller.Watch> reading = Optional.empty();
        try {
            reading = Optional.of(poller.watch(pipes.output(), EPOLLIN, reader));
            pipes.handOver();
            poller.watch(pipes.input(), EPOLLOUT, writer);
        } catch (ErrnoException | IllegalStateException e) {
            reading.ifPresent(Poller.Watch::cancel);
            child.signal(SIGKILL);
            throw e;
        }
    }

    /** {@return the child's process id and, if the plan says so, its session's; valid until {@link #result} completes} */
    public int pid() {
        return child.pid();
    }

    /**
     * {@return what the child has left, when it has ended}
     *
     * <p>Other processes that still have its output do not delay it. Completes on the poller's thread: dependent stages
     * must not block. Fails if the poller is closed before.
     */
    public CompletionStage<Result> result() {
        return result.copy();
    }

    /**
     * {@return what the child has written, when it has closed its output or ended}
     *
     * <p>Completes on the poller's thread: dependent stages must not block. Fails if the poller is closed before.
     */
    public CompletionStage<byte[]> output() {
        return output.all().copy();
    }

    /**
     * Sends the child a signal.
     *
     * @return whether it was still there
     * @throws ErrnoException EPERM, EINVAL for a number that is no signal
     */
    public boolean signal(int number) throws ErrnoException {
        return child.signal(number);
    }
}
