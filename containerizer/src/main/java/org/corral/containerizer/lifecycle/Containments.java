package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.List;

/** Makes launcher and isolators for containers that were launched with others than this agent's. Thread-safe. */
@FunctionalInterface
public interface Containments {

    /**
     * {@return launcher and isolators for an isolation}
     *
     * @param isolation the isolators' names, as a checkpoint has them
     * @throws IOException if one of them does not work here any more
     */
    Containment of(List<String> isolation) throws IOException;
}
