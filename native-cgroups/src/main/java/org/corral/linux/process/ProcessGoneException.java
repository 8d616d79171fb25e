package org.corral.linux.process;

import java.io.IOException;

/** A process that something was to be done to has ended. */
public final class ProcessGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int pid;

    /** Makes the failure for a process. */
    public ProcessGoneException(int pid) {
        super("process " + pid + " has ended");
        this.pid = pid;
    }

    /** {@return the pid it had} */
    public int pid() {
        return pid;
    }
}
