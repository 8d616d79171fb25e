package org.corral.linux;

import java.util.concurrent.atomic.AtomicBoolean;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open file descriptor, owned: whoever holds it closes it, and it is closed once.
 *
 * <p>Thread-safe, but a close while another thread uses {@link #number()} could let that thread use a reused number:
 * the owner must see to it that nobody does.
 */
public final class Fd implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fd.class);

    private final FileCalls files;
    private final int number;
    private final String what;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /**
     * Takes ownership.
     *
     * @param number what a system call just returned
     * @param what what it is, for error messages: a path or a kind
     */
    public Fd(FileCalls files, int number, String what) {
        this.files = files;
        this.number = number;
        this.what = what;
    }

    /**
     * {@return an open file, found by its path}
     *
     * @param flags a set of {@code O_*}; O_CLOEXEC is added
     * @throws ErrnoException as open(2)
     */
    public static Fd open(FileCalls files, String path, int flags) throws ErrnoException {
        return new Fd(files, files.open(path, flags, 0), path);
    }

    /**
     * {@return the descriptor's number, to give to a system call}
     *
     * @throws IllegalStateException if it was closed, so that a reused number is never given
     */
    public int number() {
        if (!open.get()) {
            throw new IllegalStateException(this + " is closed");
        }
        return number;
    }

    /**
     * {@return the descriptor's number, which is the caller's to close from now on} For those who keep thousands.
     *
     * @throws IllegalStateException if it was closed
     */
    public int take() {
        if (!open.compareAndSet(true, false)) {
            throw new IllegalStateException(this + " is closed");
        }
        return number;
    }

    /** {@return whether it has not been closed} */
    public boolean isOpen() {
        return open.get();
    }

    /**
     * Closes it; a second call does nothing. It cannot fail: what close(2) reports is logged, as the descriptor is gone even
     * then, and nothing that is written here waits for it. Whoever closes has more to undo.
     */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            try {
                files.close(number);
            } catch (ErrnoException e) {
                LOG.warn(
                        "{}; the descriptor is gone all the same", e.about(what).getMessage());
            }
        }
    }

    /** {@return what it is, with its number} */
    @Override
    public String toString() {
        return what + " (fd " + number + ")";
    }
}
