package org.corral.core;

import java.io.IOException;

/** A container was asked for that this containerizer does not know. */
public final class UnknownContainerException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Makes the failure for that id. */
    public UnknownContainerException(ContainerId id) {
        super("container " + id + " is not known");
    }
}
