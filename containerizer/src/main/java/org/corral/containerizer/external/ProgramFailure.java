package org.corral.containerizer.external;

import java.io.IOException;

/** The program ended by itself and said with its exit code that it could not do what it was asked. */
final class ProgramFailure extends IOException {

    private static final long serialVersionUID = 1L;

    ProgramFailure(String message) {
        super(message);
    }
}
