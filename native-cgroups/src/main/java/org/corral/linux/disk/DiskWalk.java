package org.corral.linux.disk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.TreeCalls;

/**
 * Measures what directories take on disk, as {@code du -sx} does: blocks that are allocated, of directories too, a file with
 * several names once, no links followed, other file systems left out. Immutable and thread-safe.
 *
 * <p>Whoever owns the directory may change it meanwhile, out of malice too: what vanishes is left out, nothing outside is
 * ever entered, and no more than two descriptors are open however deep it is.
 */
public record DiskWalk(TreeCalls calls) {

    /** {@return a walk on this host} */
    public static DiskWalk ofThisHost() {
        return new DiskWalk(TreeCalls.ofThisHost());
    }

    /**
     * {@return what a directory takes}
     *
     * @throws ErrnoException ENOENT if it is not there, ENOTDIR, EACCES, EMFILE, EIO
     * @throws InterruptedIOException if the thread is interrupted
     */
    public DiskUse measure(Path directory) throws IOException {
        try (DiskWalkRun run = new DiskWalkRun(calls, directory.toString())) {
            return run.run();
        }
    }
}
