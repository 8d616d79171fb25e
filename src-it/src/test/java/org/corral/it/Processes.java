package org.corral.it;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Ends processes that a test started by itself. */
final class Processes {

    private Processes() {}

    /** Kills a process as it cannot notice, waits for its end, and closes its streams. */
    static void end(Process process) throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while process " + process.pid() + " ended");
        }
        process.getInputStream().close();
        process.getErrorStream().close();
        process.getOutputStream().close();
    }
}
