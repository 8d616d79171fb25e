package org.corral.containerizer.cli.external;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.corral.containerizer.Corral;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.protocol.TerminationMessages;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.corral.linux.Linux;
import org.corral.linux.process.ExitWait;
import org.corral.linux.process.PidFd;

/** Waits for the end of a container that another process owns. Confined to one thread. */
final class EndWait {

    private static final Duration LONG = Duration.ofHours(1);

    private final ProgramContext context;
    private final RecordStore records;

    EndWait(ProgramContext context) {
        this.context = context;
        this.records = context.records();
    }

    /**
     * {@return how it ended, when it has}
     *
     * @throws IOException if no such container was launched, or its end was told before
     */
    Calls.Termination await(ContainerId id) throws IOException {
        if (!records.contains(id)) {
            throw new IOException("container " + id + " is unknown");
        }
        Optional<ProcessIdentity> supervisor = records.supervisor(id);
        if (supervisor.isPresent()) {
            awaitExit(context.linux(), supervisor.get());
        }
        Optional<Calls.Termination> told = records.termination(id);
        return told.isPresent() ? told.get() : awaitAbandoned(id);
    }

    /** Its supervisor was killed, and the kernel tells nobody else how its first process ends. */
    private Calls.Termination awaitAbandoned(ContainerId id) throws IOException {
        context.err().println("corral: the supervisor of container " + id + " is gone: how it ends will not be known");
        try (Corral corral = context.open()) {
            Optional<ForeignContainer> left = corral.attach(id);
            if (left.isPresent()) {
                awaitAndClean(left.get());
            }
        }
        return TerminationMessages.of(Optional.empty(), List.of());
    }

    private void awaitAndClean(ForeignContainer left) throws IOException {
        try (left) {
            Optional<ProcessIdentity> init = left.checkpoint().livingInit(context.linux());
            if (init.isPresent()) {
                awaitExit(context.linux(), init.get());
            }
            left.destroy();
        }
    }

    private static void awaitExit(Linux linux, ProcessIdentity process) throws IOException {
        Optional<PidFd> held = PidFd.open(linux, process.pid());
        if (held.isEmpty()) {
            return;
        }
        try (PidFd pidFd = held.get();
                ExitWait wait = new ExitWait(linux, List.of(pidFd))) {
            // Asked after the descriptor is held: the process found now is the one it stands for.
            boolean ended = !process.isAlive(linux);
            while (!ended) {
                ended = wait.all(LONG);
            }
        }
    }
}
