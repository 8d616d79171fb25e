package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.file.Path;

/** Another agent has the containers of a root in its care. */
public final class RootLockedException extends IOException {

    private static final long serialVersionUID = 1L;

    RootLockedException(Path lock, String holder) {
        super(holder + " is the agent of this root already (lock " + lock
                + "): end it, or give this agent another root or runtime directory");
    }
}
