package org.corral.core.event;

/** On which side of a threshold something is by now. */
public enum Crossing {
    /** It is at it or above it, and was below. */
    RISEN,
    /** It is below it, and was not. */
    FALLEN
}
