package org.corral.containerizer.event;

import static org.corral.linux.raw.Constants.O_NOFOLLOW;
import static org.corral.linux.raw.Constants.O_NONBLOCK;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.ContainerListener;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes events on to other processes: each has a FIFO in a directory, and gets a line for an event.
 *
 * <p>Nothing here waits. A line is no longer than {@code PIPE_BUF}, so it is written as a whole or not at all, also beside
 * those of other agents (pipe(7)); where the FIFO is full, the lines that did not fit are counted and the count is written
 * before the next. Confined to one thread but for {@link #close}, which comes after the last event.
 */
final class EventFifos implements ContainerListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFifos.class);
    private static final int PIPE_BUF = 4096;

    private final Linux linux;
    private final Path directory;
    private final Map<Path, Reader> readers = new HashMap<>();

    /**
     * Knows of nobody yet.
     *
     * @param directory of the FIFOs, to which nobody but the agent's user may write; it may be missing
     */
    EventFifos(Linux linux, Path directory) {
        this.linux = linux;
        this.directory = directory;
    }

    @Override
    public void happened(ContainerEvent event) {
        findReaders();
        if (!readers.isEmpty()) {
            byte[] line = EventJson.line(event);
            readers.values().removeIf(reader -> !reader.tell(line));
        }
    }

    @Override
    public void missed(long count) {
        readers.values().forEach(reader -> reader.missed += count);
    }

    private void findReaders() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> fifos = Files.newDirectoryStream(directory, "*" + EventFifo.SUFFIX)) {
            fifos.forEach(found::add);
        } catch (IOException e) {
            LOG.debug("who listens in {} cannot be told", directory, e);
        }
        found.removeAll(readers.keySet());
        found.forEach(path -> open(path).ifPresent(fd -> readers.put(path, new Reader(path, fd))));
    }

    /** {@return the FIFO, empty if nobody reads from it: who made it is gone then, and it is removed} */
    private Optional<Fd> open(Path path) {
        try {
            return Optional.of(Fd.open(linux.files(), path.toString(), O_WRONLY | O_NONBLOCK | O_NOFOLLOW));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENXIO)) {
                remove(path);
            } else {
                LOG.debug("{} is told nothing", path, e);
            }
            return Optional.empty();
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("{} is left behind", path, e);
        }
    }

    @Override
    public void close() {
        readers.values().forEach(reader -> reader.fd.close());
        readers.clear();
    }

    /** One that listens. */
    private final class Reader {

        private final Path path;
        private final Fd fd;
        private long missed;

        private Reader(Path path, Fd fd) {
            this.path = path;
            this.fd = fd;
        }

        /** {@return whether it still listens} */
        private boolean tell(byte[] line) {
            try {
                tellGap();
                write(line);
                return true;
            } catch (ErrnoException e) {
                if (e.is(Errno.EAGAIN)) {
                    missed++;
                    return true;
                }
                LOG.debug("{} listens no more", path, e);
                fd.close();
                remove(path);
                return false;
            }
        }

        private void tellGap() throws ErrnoException {
            if (missed > 0) {
                linux.files().write(fd.number(), EventJson.gap(missed));
                missed = 0;
            }
        }

        private void write(byte[] line) throws ErrnoException {
            if (line.length > PIPE_BUF) {
                LOG.warn("an event of {} bytes is too long to be passed on", line.length);
                missed++;
            } else {
                linux.files().write(fd.number(), line);
            }
        }
    }
}
