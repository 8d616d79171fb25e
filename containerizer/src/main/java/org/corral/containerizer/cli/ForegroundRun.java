package org.corral.containerizer.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;

/**
 * Runs one container and stays with it until it has ended: hands the signals on that come to this process, and keeps its
 * time.
 *
 * <p>A command that shares the terminal gets Ctrl-C from the kernel, as this process does, which then must only not die
 * of it. A command in a session of its own does not: it is handed on. Confined to one thread.
 */
final class ForegroundRun implements AutoCloseable {

    private final Containerizer containers;
    private final ContainerId id;
    private final LaunchRequest request;
    private final Optional<Duration> timeout;
    private final Timer timer;
    private final PoliteEnd end;
    private final Interrupts interrupts = new Interrupts(System::nanoTime);
    private final CountDownLatch launched = new CountDownLatch(1);
    private final List<SignalSource.Registration> registrations = new ArrayList<>();

    /**
     * Prepares it; nothing runs yet.
     *
     * @param timeout how long the command may run
     * @param grace how long it may take to end when asked to
     * @param timer keeps these times
     */
    ForegroundRun(
            Containerizer containers,
            ContainerId id,
            LaunchRequest request,
            Optional<Duration> timeout,
            Duration grace,
            Timer timer) {
        this.containers = containers;
        this.id = id;
        this.request = request;
        this.timeout = timeout;
        this.timer = timer;
        this.end = new PoliteEnd(containers, id, grace, timer);
    }

    /** Takes this process's signals, from before the launch on: one that comes during it waits until it is done. */
    void listen(SignalSource signals) {
        registrations.add(signals.on(Signal.INT, () -> afterLaunch(this::interrupt)));
        for (Signal signal : List.of(Signal.TERM, Signal.HUP)) {
            registrations.add(
                    signals.on(signal, () -> afterLaunch(() -> end.begin(Signal.TERM, TerminationReason.DESTROYED))));
        }
    }

    private void afterLaunch(Runnable reaction) {
        try {
            launched.await();
            reaction.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void interrupt() {
        if (request.session() == LaunchRequest.Session.INHERIT) {
            return; // the kernel has told the command itself
        }
        if (interrupts.isLast()) {
            end.finish();
        } else {
            end.begin(Signal.INT, TerminationReason.DESTROYED);
        }
    }

    /**
     * Starts the command.
     *
     * @throws LaunchException if it could not be, or the id is taken
     */
    void launch() throws LaunchException {
        try {
            LaunchOutcome outcome = containers.launch(id, request);
            if (outcome != LaunchOutcome.LAUNCHED) {
                throw new LaunchException(
                        LaunchException.Kind.FAILED,
                        "container " + id + " exists already: give another --id, or end it with 'corral destroy " + id
                                + "'");
            }
        } finally {
            launched.countDown();
        }
        timeout.ifPresent(time -> timer.after(time, () -> end.begin(Signal.TERM, TerminationReason.TIMEOUT)));
    }

    /**
     * Waits for the end.
     *
     * @throws IOException if something of the container is left on the host
     */
    Termination await() throws IOException {
        try {
            Termination termination = containers
                    .wait(id)
                    .toCompletableFuture()
                    .get()
                    .orElseThrow(() -> new IOException("container " + id + " ended, but not how: it was forgotten"));
            return end.reason().map(why -> because(why, termination)).orElse(termination);
        } catch (ExecutionException e) {
            throw new IOException(
                    "container " + id + " has ended, but something of it is left: "
                            + OneLine.of(Objects.requireNonNullElse(e.getCause(), e)) + "; try 'corral destroy " + id
                            + "'",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while container " + id + " ran", e);
        }
    }

    /** The command may have obeyed: what ended it then is who asked, not the signal that it was asked with. */
    private static Termination because(TerminationReason reason, Termination end) {
        if (end.reason() == TerminationReason.LIMITATION) {
            return end;
        }
        return new Termination(end.id(), reason, end.status(), end.limitations(), end.usage(), end.wall());
    }

    /** Gives the signals back; the container is not touched. */
    @Override
    public void close() {
        registrations.forEach(SignalSource.Registration::close);
    }
}
