package org.corral.containerizer.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.corral.linux.Linux;

/**
 * The end at which another process listens to agents: a FIFO of its own, in a directory where they look for it.
 *
 * <p>It is opened for reading and writing, so that it does not end when an agent does (fifo(7)), and gets its name once
 * it is open: a FIFO without a reader is one whose reader has died. {@link #close} may be called from another thread and
 * ends a call of {@link #next}; the rest is confined to one.
 */
public final class EventFifo implements AutoCloseable {

    static final String SUFFIX = ".fifo";

    private final Path path;
    private final FileChannel channel;
    private final BufferedReader lines;

    private EventFifo(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.lines = new BufferedReader(new InputStreamReader(new Arrived(channel), StandardCharsets.UTF_8));
    }

    /**
     * {@return a new one, which agents write to from now on}
     *
     * @param directory an existing one, to which nobody but the agents' user may write
     * @throws IOException if it cannot be made there
     */
    public static EventFifo create(Linux linux, Path directory) throws IOException {
        String name = linux.processes().pid() + "-" + Long.toHexString(System.nanoTime());
        Path unfinished = directory.resolve(name + ".new");
        Path path = directory.resolve(name + SUFFIX);
        linux.files().makeFifo(unfinished.toString(), 0600);
        try {
            FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            return new EventFifo(path, channel);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Waits for an event.
     *
     * @return it as a line of JSON, without a line break; empty once this is closed
     * @throws IOException if it cannot be read
     */
    public Optional<String> next() throws IOException {
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (ClosedChannelException e) {
            return Optional.empty();
        }
    }

    /** Ends the listening and removes the FIFO. A second call does nothing. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        channel.close();
    }

    /** What has arrived. The JDK's own streams over a FileChannel want to seek, or to read until a buffer is full. */
    private static final class Arrived extends InputStream {

        private final FileChannel channel;

        private Arrived(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(buffer, offset, length));
        }
    }
}
