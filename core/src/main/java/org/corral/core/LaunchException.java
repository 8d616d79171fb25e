package org.corral.core;

import java.io.IOException;

/**
 * A launch failed; everything it had made on the host was removed again.
 */
public final class LaunchException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Whose fault a failed launch is, with the exit code a shell would show for it. */
    public enum Kind {
        /** The command does not exist (exit code 127). */
        COMMAND_NOT_FOUND(127),
        /** The command exists but cannot be executed (exit code 126). */
        COMMAND_NOT_EXECUTABLE(126),
        /** Anything else: Corral or the host (exit code 125). */
        FAILED(125);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** {@return the exit code that a shell or {@code docker run} would show} */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    /** Makes a failure with a message that names the value and the remedy. */
    public LaunchException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Makes a failure with its cause. */
    public LaunchException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** {@return whose fault it is} */
    public Kind kind() {
        return kind;
    }
}
