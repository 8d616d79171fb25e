package org.corral.containerizer.state;

import java.io.IOException;

/** A file holds no checkpoint, though no release of Corral leaves such a file: it was torn or edited. */
final class DamagedCheckpointException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    DamagedCheckpointException(String message) {
        super(message);
    }
}
