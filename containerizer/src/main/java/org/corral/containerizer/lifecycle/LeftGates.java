package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.StateStore;
import org.corral.linux.Deadline;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.process.Gate;
import org.corral.linux.process.ProcStat;

/**
 * The gates that dead agents left. Who waits there has not run its command and never shall: it is sent away. They stay open
 * until this is closed, for those that were only on their way to them. Confined to one thread.
 */
final class LeftGates implements AutoCloseable {

    /** From the gate to its program a process takes no time, unless a file of the request blocks it. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

    private final Linux linux;
    private final StateStore store;
    private final List<Fd> open = new ArrayList<>();

    LeftGates(Linux linux, StateStore store) {
        this.linux = linux;
        this.store = store;
    }

    /** Opens the gate in a container's directory to nobody's command, and removes it. {@return whether somebody waited} */
    boolean open(Path directory) throws IOException {
        open(Gate.existingSecond(linux, directory));
        return open(Gate.existing(linux, directory));
    }

    private boolean open(Gate gate) throws IOException {
        gate.forbid();
        boolean waited = gate.tryOpen();
        gate.holdOpen().ifPresent(open::add);
        gate.remove();
        return waited;
    }

    /**
     * Opens a container's gate, if there is one left.
     *
     * @return whether its first process had passed, so that it runs its command or has ended
     */
    boolean hasPassed(Checkpoint checkpoint) throws IOException {
        Path directory = store.directoryOf(checkpoint.id());
        boolean launching = Gate.existing(linux, directory).exists();
        boolean waited = open(directory);
        if (checkpoint.init().isEmpty()) {
            return false;
        }
        return !launching || (!waited && hasComeThrough(checkpoint));
    }

    /** Its agent died while it let it pass, or just before. */
    private boolean hasComeThrough(Checkpoint checkpoint) throws IOException {
        Deadline deadline = Deadline.after(ON_THE_WAY);
        while (!deadline.hasPassed()) {
            Optional<ProcStat> init = checkpoint.findInit(linux);
            if (init.isEmpty() || init.get().state() == 'Z') {
                return false;
            }
            if (!Gate.isAtGate(init.get())) {
                return true;
            }
            deadline.pause();
        }
        return false;
    }

    @Override
    public void close() {
        open.forEach(Fd::close);
        open.clear();
    }
}
