package org.corral.linux.process;

import java.util.Arrays;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills a pipe on the poller's thread, as fast as the other side reads, and closes it. Thread-safe. */
final class PipeWriter implements Poller.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(PipeWriter.class);

    private final Linux linux;
    private final Fd end;
    private final byte[] content;
    private int written;

    /**
     * Writes to a pipe.
     *
     * @param end the writing end, not blocking
     */
    PipeWriter(Linux linux, Fd end, byte[] content) {
        this.linux = linux;
        this.end = end;
        this.content = content.clone();
    }

    @Override
    public synchronized void ready(Poller.Watch watch, int events) {
        try {
            while (written < content.length) {
                written += linux.files().write(end.number(), Arrays.copyOfRange(content, written, content.length));
            }
            watch.cancel();
        } catch (ErrnoException e) {
            if (!e.is(Errno.EAGAIN)) {
                tell(e);
                watch.cancel();
            }
        }
    }

    /** A child need not read its input. */
    private void tell(ErrnoException e) {
        if (e.is(Errno.EPIPE)) {
            LOG.debug("a child took {} of the {} bytes of its input", written, content.length);
        } else {
            LOG.warn("a child's input is not written any further", e);
        }
    }
}
