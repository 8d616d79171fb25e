package org.corral.cgroup;

import java.io.IOException;
import java.time.Duration;

/** A cgroup did not freeze in time, for instance because a process waits for a disk. It has been thawed again. */
public final class FreezeTimeoutException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Makes the failure for a cgroup and the time that was given. */
    public FreezeTimeoutException(String path, Duration patience) {
        super("cgroup " + path + " did not freeze within " + patience.toMillis() + " ms and was thawed again");
    }
}
