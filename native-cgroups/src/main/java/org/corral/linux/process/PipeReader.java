package org.corral.linux.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects on the poller's thread what comes out of a pipe, up to a limit. Thread-safe. */
final class PipeReader implements Poller.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(PipeReader.class);
    private static final int CHUNK = 16384;

    private final Linux linux;
    private final Fd end;
    private final int most;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> all = new CompletableFuture<>();
    private boolean finished;

    /**
     * Reads from a pipe.
     *
     * @param end the reading end, not blocking
     * @param most bytes after which no more are taken
     */
    PipeReader(Linux linux, Fd end, int most) {
        this.linux = linux;
        this.end = end;
        this.most = most;
    }

    /** {@return completes with all that came, at its end} */
    CompletableFuture<byte[]> all() {
        return all;
    }

    /** Takes one chunk; as long as there is more this is called again. */
    @Override
    public void ready(Poller.Watch watch, int events) {
        if (isFinishedAfterChunk()) {
            watch.cancel();
            finish();
        }
    }

    private synchronized boolean isFinishedAfterChunk() {
        if (!finished) {
            takeChunk();
        }
        return finished;
    }

    @Override
    public void abandoned() {
        synchronized (this) {
            finished = true;
        }
        all.completeExceptionally(new IOException("the rest of " + end + " is not read: the poller was closed"));
    }

    /**
     * Takes what is in the pipe now, and ends: some other process may hold the writing end for ever.
     *
     * @return all that came
     */
    byte[] finish() {
        byte[] content = drain();
        all.complete(content);
        return content;
    }

    private synchronized byte[] drain() {
        while (!finished && takeChunk()) {
            LOG.trace("more from {}", end);
        }
        finished = true;
        return content.toByteArray();
    }

    /** {@return whether there was something, or the end} */
    private boolean takeChunk() {
        byte[] chunk = new byte[Math.min(CHUNK, most - content.size() + 1)];
        try {
            int count = linux.files().read(end.number(), chunk, 0);
            content.write(chunk, 0, count);
            finished = count == 0 || content.size() > most;
            return true;
        } catch (ErrnoException e) {
            if (!e.is(Errno.EAGAIN)) {
                LOG.warn("the output of a child is not read any further", e);
                finished = true;
            }
            return false;
        }
    }
}
