package org.corral.core;

import java.io.IOException;

/** A container in a container was to be made or taken over, which is not supported. Nothing was touched. */
public final class NestedContainerException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Makes the failure for that id. */
    public NestedContainerException(ContainerId id) {
        super("container " + id + " is nested in another one, which is not supported: give it an id of its own");
    }
}
