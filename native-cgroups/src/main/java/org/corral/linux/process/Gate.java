package org.corral.linux.process;

import static org.corral.linux.raw.Constants.O_NONBLOCK;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_RDWR;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.OwnerOnly;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.SpawnPlan.Action;

/**
 * A gate that a process about to be made waits at: a FIFO that it opens for reading, which blocks until somebody opens
 * it for writing (fifo(7)), and a file {@code go} that it opens next.
 *
 * <p>Opening the FIFO opens the gate for good. Where {@code go} exists by then the process passes; where not, its next
 * step fails and it ends. Hence an agent that dies leaves gates that anybody with access to the directory can abort.
 * Only one process may wait at a gate. Thread-safe.
 */
public final class Gate {

    /** How a process is named that has not passed its gate. */
    private static final String WAITING = GateThread.PREFIX;

    /** Any number above the standard ones, and that of {@link HostView}: all but the standard ones are closed later. */
    private static final int CHILD_FD = 4;

    private final Linux linux;
    private final Path fifo;
    private final Path go;

    private Gate(Linux linux, Path fifo, Path go) {
        this.linux = linux;
        this.fifo = fifo;
        this.go = go;
    }

    /**
     * Makes a closed gate.
     *
     * @param directory an existing one that nobody else may write to: whoever can open the FIFO can open the gate
     * @throws ErrnoException EEXIST if there is a gate in it
     */
    public static Gate create(Linux linux, Path directory) throws ErrnoException {
        return existing(linux, directory).made();
    }

    /** The same for another process, while one waits at the first gate of a directory. */
    public static Gate createSecond(Linux linux, Path directory) throws ErrnoException {
        return existingSecond(linux, directory).made();
    }

    private Gate made() throws ErrnoException {
        linux.files().makeFifo(fifo.toString(), 0600);
        return this;
    }

    /** {@return the gate that an earlier agent made in a directory; nothing is touched} */
    public static Gate existing(Linux linux, Path directory) {
        return new Gate(linux, directory.resolve("gate"), directory.resolve("go"));
    }

    /** {@return the second one} */
    public static Gate existingSecond(Linux linux, Path directory) {
        return new Gate(linux, directory.resolve("gate-2"), directory.resolve("go-2"));
    }

    /** {@return whether a process has not executed its program yet: until then it has the name of the thread that made it} */
    public static boolean isAtGate(ProcStat process) {
        return process.comm().startsWith(WAITING);
    }

    /** {@return what a child must do first, in this order, to wait at this gate} */
    public List<Action> childActions() {
        return List.of(
                new Action.Open(CHILD_FD, fifo.toString(), O_RDONLY, 0),
                new Action.Open(CHILD_FD, go.toString(), O_RDONLY, 0));
    }

    /** Lets the process pass once the gate is open. */
    public void allow() throws IOException {
        Files.createFile(go, OwnerOnly.FILE);
    }

    /** Ends the process once the gate is open. */
    public void forbid() throws IOException {
        Files.deleteIfExists(go);
    }

    /**
     * Opens the gate if a process waits at it.
     *
     * @return whether one did; it is on its way now
     */
    public boolean tryOpen() throws ErrnoException {
        try {
            Fd.open(linux.files(), fifo.toString(), O_WRONLY | O_NONBLOCK).close();
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENXIO, Errno.ENOENT)) {
                return false; // nobody has it open for reading: fifo(7)
            }
            throw e;
        }
    }

    /** {@return whether it is there: it is removed when the process is through, or sent away} */
    public boolean exists() {
        return Files.exists(fifo, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Opens the gate, for as long as the result is not closed, to a process too that is only on its way to it.
     *
     * @return what keeps it open, also when it was removed; empty if there is none
     */
    public Optional<Fd> holdOpen() throws ErrnoException {
        try {
            return Optional.of(Fd.open(linux.files(), fifo.toString(), O_RDWR | O_NONBLOCK));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Removes FIFO and file. A process that still waits there waits until it is killed. */
    public void remove() throws IOException {
        Files.deleteIfExists(go);
        Files.deleteIfExists(fifo);
    }
}
