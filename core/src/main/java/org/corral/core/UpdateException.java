package org.corral.core;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An update failed in one isolator, and what others had changed for it was taken back. */
public final class UpdateException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String isolator;
    private final boolean undone;

    /**
     * Makes the failure.
     *
     * @param isolator the name of the one that failed
     * @param undone whether all is as it was before the update
     * @param cause why; a {@link MemoryInUseException} for instance
     */
    public UpdateException(String isolator, boolean undone, IOException cause) {
        super(undone ? cause.getMessage() : cause.getMessage() + "; taking it back failed: " + left(cause), cause);
        this.isolator = isolator;
        this.undone = undone;
    }

    private static String left(IOException cause) {
        return Stream.of(cause.getSuppressed()).map(Throwable::getMessage).collect(Collectors.joining("; "));
    }

    /** {@return the name of the isolator that failed, as {@code cgroups/mem}} */
    public String isolator() {
        return isolator;
    }

    /** {@return whether all is as it was before the update; if not, the suppressed of the cause tell what is not} */
    public boolean isUndone() {
        return undone;
    }
}
