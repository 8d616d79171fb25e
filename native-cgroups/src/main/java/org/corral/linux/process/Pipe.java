package org.corral.linux.process;

import java.io.IOException;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.PipeEnds;

/**
 * A pipe(7) between this process and a child. Each end is closed by whoever has it. Immutable.
 *
 * @param read what is read from
 * @param write what is written to
 */
record Pipe(Fd read, Fd write) implements AutoCloseable {

    /** The standard streams, and the number that a child opens its gate as: it would close a pipe's end of that number. */
    private static final int LAST_RESERVED = 3;

    /**
     * {@return a pipe, both ends blocking}
     *
     * @param what what goes through it, for error messages
     * @throws ErrnoException EMFILE or ENFILE
     * @throws IOException if this process has closed a standard stream, so that an end got its number
     */
    static Pipe create(Linux linux, String what) throws IOException {
        PipeEnds ends = linux.files().pipe();
        Pipe pipe = new Pipe(new Fd(linux.files(), ends.read(), what), new Fd(linux.files(), ends.write(), what));
        if (Math.min(ends.read(), ends.write()) <= LAST_RESERVED) {
            pipe.close();
            throw new IOException(
                    "no child can be given a pipe as long as a standard stream of this process is closed");
        }
        return pipe;
    }

    @Override
    public void close() {
        read.close();
        write.close();
    }
}
