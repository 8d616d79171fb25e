package org.corral.it;

import java.io.InterruptedIOException;

/** A short sleep between two looks at the host. */
final class Pause {

    private Pause() {}

    static void millis(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the host");
        }
    }
}
