package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody else changes a container, and takes too long for it. */
final class CheckpointHeldException extends IOException {

    private static final long serialVersionUID = 1L;

    CheckpointHeldException(Path file) {
        super("another agent or command changes this container and does not come to an end: see who has " + file
                + " locked (lslocks), and try again");
    }
}
