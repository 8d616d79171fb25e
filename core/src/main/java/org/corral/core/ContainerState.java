package org.corral.core;

/** The stages of a container's life, in their order. */
public enum ContainerState {
    /** Known, nothing on the host yet. */
    STARTING,
    /** The isolators prepare. */
    PREPARING,
    /** Its first process waits at the gate while the isolators take hold of it. */
    ISOLATING,
    /** Its first process was let go. */
    RUNNING,
    /** Its processes are being ended and its traces removed. */
    DESTROYING
}
